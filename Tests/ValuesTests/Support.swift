import Foundation

/// The JSON of a value.
func json(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
}

/// The value of a JSON text.
func decoded<Value: Decodable>(_ type: Value.Type = Value.self, _ json: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(json.utf8))
}

/// What a refusal by the decoder tells, as a log would have it.
func refusal<Value: Decodable>(_ type: Value.Type, _ json: String) -> String? {
    do {
        _ = try decoded(type, json)
        return nil
    } catch {
        return String(reflecting: error)
    }
}

/// Every way in which a value could show itself without being asked.
func shown<Value>(_ value: Value) -> String {
    var text =
        "\(value)|\(String(describing: value))|\(String(reflecting: value))|\([value])|\(Optional(value) as Any)|"
    dump(value, to: &text)
    for child in Mirror(reflecting: value).children { text += "|\(child)" }
    return text
}

/// ASCII digits in full width.
func fullWidth(_ digits: String) -> String {
    String(String.UnicodeScalarView(digits.unicodeScalars.compactMap { Unicode.Scalar($0.value - 0x30 + 0xFF10) }))
}

/// Texts made of a valid run of digits that no number of that length may accept.
func damaged(_ digits: String) -> [String] {
    [
        "", " ", String(digits.dropLast()), digits + "0", "x" + digits.dropFirst(), digits.dropLast() + "O",
        digits + "\n\u{0}", "+" + digits, "0x" + digits, digits.dropLast() + "٣", digits.dropLast() + "三",
        digits.dropLast() + "⑧", digits.dropLast() + "\u{1D7D8}", digits + "\u{200B}", digits + "\u{E0100}",
    ]
}
