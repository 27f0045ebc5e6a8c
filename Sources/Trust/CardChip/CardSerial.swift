/// The card's own serial number (カード製造番号): 15 digits.
///
/// Source: README.md, Sources (card); 共通カードAP file 0001.
public struct CardSerial: Hashable, Sendable, CustomStringConvertible {
    private let digits: String

    /// Reads 15 ASCII digits; throws on anything else.
    public init(_ text: String) throws(ChipError) {
        let bytes = Array(text.utf8)
        guard bytes.count == 15, bytes.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw ChipError(.serialFormat)
        }
        self.digits = text
    }

    /// The 15 digits.
    public var description: String { digits }

    var ascii: [UInt8] { Array(digits.utf8) }
}
