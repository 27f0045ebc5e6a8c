/// A value with exactly one written form, which is also how it stands in JSON.
///
/// `init(_:)` is the only door for text: decoding goes through it, so a decoded value is as valid as a typed one.
public protocol TextValue: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The value of a text; normalises width, spaces and hyphens where the kind of value allows it.
    init(_ text: String) throws(ValueError)

    /// The one written form.
    var text: String { get }
}

extension TextValue {
    public var description: String { text }

    public init(from decoder: any Decoder) throws { self = try Self.decoded(by: decoder) }

    public func encode(to encoder: any Encoder) throws { try encodeText(to: encoder) }

    /// The value of the one text that a decoder has.
    static func decoded(by decoder: any Decoder) throws -> Self {
        let written = try decoder.singleValueContainer().decode(String.self)
        do {
            return try Self(written)
        } catch {
            throw DecodingError.dataCorrupted(error.context(at: decoder.codingPath))
        }
    }

    func encodeText(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension ValueError {
    /// This error as a decoder reports it: the path and the reason, never the refused text.
    func context(at path: [any CodingKey]) -> DecodingError.Context {
        DecodingError.Context(codingPath: path, debugDescription: description)
    }
}
