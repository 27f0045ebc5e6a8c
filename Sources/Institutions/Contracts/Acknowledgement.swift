import Values

/// "Done": the answer of an endpoint that has nothing else to say.
public struct Acknowledgement: Codable, Sendable, Equatable {
    /// The one acknowledgement.
    public init() {}
}

/// Bytes in a contract, base64url on the wire.
public struct ContractBytes: Hashable, Sendable, Codable {
    /// The bytes themselves.
    public let bytes: [UInt8]

    /// Bytes as they go on the wire.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public init(from decoder: any Decoder) throws {
        bytes = try [UInt8](base64URL: decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes.base64URL)
    }
}
