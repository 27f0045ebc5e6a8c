/// The fields of a submitted form (`application/x-www-form-urlencoded`) or of a query, by name, as typed.
///
/// Source: URL Standard, "application/x-www-form-urlencoded parsing"; stricter here: a broken percent sequence or bytes
/// that are not UTF-8 are refused instead of repaired.
public struct FormFields: Sendable {
    /// The most fields that one form may have.
    public static let maximumFieldCount = 256

    private let fields: [(name: String, value: String)]

    /// No fields.
    public init() { fields = [] }

    /// Fields made by hand, for tests and previews.
    public init(_ values: KeyValuePairs<String, String>) { fields = values.map { ($0.key, $0.value) } }

    /// Parses a body or a query. Throws `malformedForm` when it is not strictly encoded.
    public init(parsing bytes: some Sequence<UInt8>) throws(WebError) {
        var fields: [(name: String, value: String)] = []
        for pair in Array(bytes).split(separator: UInt8(ascii: "&")) {
            guard fields.count < Self.maximumFieldCount else { throw WebError(.malformedForm, "too many fields") }
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? try PercentCoding.decode(parts[1], spaces: .plus) : ""
            fields.append((try PercentCoding.decode(parts[0], spaces: .plus), value))
        }
        self.fields = fields
    }

    /// The value of a field that was sent exactly once; `nil` when it is absent or repeated.
    public subscript(name: String) -> String? {
        let values = all(name)
        return values.count == 1 ? values[0] : nil
    }

    /// All values sent under a name, in order: checkboxes.
    public func all(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// The names sent, in order, without the form token's.
    public var names: [String] { fields.map(\.name).filter { $0 != FormToken.fieldName } }

    /// The same fields without one name.
    func without(_ name: String) -> FormFields { FormFields(fields: fields.filter { $0.name != name }) }

    /// The fields encoded again.
    var encoded: String {
        fields.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }.joined(separator: "&")
    }

    private init(fields: [(name: String, value: String)]) { self.fields = fields }
}

extension FormFields: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "FormFields(\(fields.count) redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Percent-encoding (RFC 3986 section 2.1), strict.
enum PercentCoding {
    /// What a plus sign means: a space in forms and queries, itself in paths.
    enum Spaces { case plus, literal }

    static func decode(_ bytes: some Collection<UInt8>, spaces: Spaces) throws(WebError) -> String {
        var decoded: [UInt8] = []
        var rest = Array(bytes)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+") where spaces == .plus: decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(nibble), let low = rest.popFirst().flatMap(nibble) else {
                    throw WebError(.malformedForm, "broken percent sequence")
                }
                decoded.append(high << 4 | low)
            default: decoded.append(byte)
            }
        }
        guard let text = String(validating: decoded, as: UTF8.self) else {
            throw WebError(.malformedForm, "not UTF-8")
        }
        return text
    }

    /// Encodes everything but RFC 3986's unreserved characters.
    static func encode(_ text: String) -> String {
        var output = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if isUnreserved(byte) {
                output.unicodeScalars.append(scalar)
            } else {
                output += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return output
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
