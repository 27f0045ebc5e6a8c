import Foundation

/// base64url without padding (RFC 4648 §5), strict: one text for one byte string.
enum Base64URL {
    static func encode(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    /// Refuses padding, foreign characters, and unused bits that are not zero.
    static func decode(_ text: String) throws(PersonCodesError) -> [UInt8] {
        let standard = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        let padding = String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: standard + padding), encode([UInt8](data)) == text else {
            throw PersonCodesError(.wrongLength, "not canonical base64url")
        }
        return [UInt8](data)
    }
}
