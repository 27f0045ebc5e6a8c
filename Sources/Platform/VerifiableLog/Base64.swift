import Foundation

/// Standard base64 with padding (RFC 4648 §4), strict: one text for one byte string.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// Refuses what `encode` would not have written.
    static func decode(_ text: String) throws(VerifiableLogError) -> [UInt8] {
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else {
            throw VerifiableLogError(.malformed, "not canonical base64")
        }
        return [UInt8](data)
    }
}
