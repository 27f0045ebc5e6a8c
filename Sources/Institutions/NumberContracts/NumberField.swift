public import NumberValues

/// An individual number (個人番号) on the wire. A number gets here only disclosed, and leaves only parsed.
public struct NumberField: Sendable, Codable, Equatable, CustomStringConvertible, CustomReflectable {
    private let digits: String

    /// The number, disclosed to the institution that the message goes to.
    public init(_ number: IndividualNumber) { digits = number.disclosed(for: .contractMessage) }

    /// - Throws: ``NumberError`` when what came is not a number.
    public func parsed() throws(NumberError) -> IndividualNumber { try IndividualNumber(digits) }

    public init(from decoder: any Decoder) throws { digits = try decoder.singleValueContainer().decode(String.self) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(digits)
    }

    public var description: String { "NumberField(redacted)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// A resident code (住民票コード) on the wire; as ``NumberField``.
public struct ResidentCodeField: Sendable, Codable, Equatable, CustomStringConvertible, CustomReflectable {
    private let digits: String

    /// The code, disclosed to the institution that the message goes to.
    public init(_ code: ResidentCode) { digits = code.disclosed(for: .contractMessage) }

    /// - Throws: ``NumberError`` when what came is not a resident code.
    public func parsed() throws(NumberError) -> ResidentCode { try ResidentCode(digits) }

    public init(from decoder: any Decoder) throws { digits = try decoder.singleValueContainer().decode(String.self) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(digits)
    }

    public var description: String { "ResidentCodeField(redacted)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
