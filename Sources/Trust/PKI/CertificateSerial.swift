/// A certificate's serial number (発行番号): a positive integer of at most 20 octets.
///
/// Alone it identifies nothing: two issuers may give the same. Compare it together with the issuer's DER name.
/// Source: RFC 5280 §4.1.2.2.
public struct CertificateSerial: Hashable, Sendable {
    /// Big-endian magnitude without leading zeros, 1 to 20 octets.
    public let bytes: [UInt8]

    /// Throws `invalidSerial` for zero and for more than 20 octets (19 if the first bit is set would need a 21st).
    public init(bytes: some Sequence<UInt8>) throws(PKIError) {
        let digits = Array(bytes.drop { $0 == 0 })
        guard let first = digits.first, digits.count + (first >= 0x80 ? 1 : 0) <= 20 else {
            throw PKIError(.invalidSerial, "a serial is positive and has at most 20 octets")
        }
        self.bytes = digits
    }

    /// A serial from a number, which must not be zero.
    public init(_ number: UInt64) throws(PKIError) { try self.init(bytes: DEREncoding.bigEndian(number)) }

    /// From hexadecimal digits, as `hex` gives them.
    public init(hex: String) throws(PKIError) {
        guard hex.utf8.count % 2 == 0, let bytes = Hex.bytes(hex) else {
            throw PKIError(.invalidSerial, "not hexadecimal")
        }
        try self.init(bytes: bytes)
    }

    /// Lower-case hexadecimal, two digits an octet.
    public var hex: String { Hex.text(bytes) }

    package var der: [UInt8] { DEREncoding.integer(bytes) }

    package init(derContents bytes: [UInt8]) throws(PKIError) {
        let padded = bytes.count > 1 && bytes[0] == 0
        guard let first = bytes.first, first < 0x80, !padded || bytes[1] >= 0x80 else {
            throw PKIError(.invalidSerial, "negative or padded")
        }
        try self.init(bytes: bytes)
    }
}

extension CertificateSerial: CustomStringConvertible {
    public var description: String { hex }
}

/// Hexadecimal digits.
package enum Hex {
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    package static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count % 2 == 0, !digits.contains(nil) else { return nil }
        let values = digits.compactMap { $0 }
        return stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
    }
}
