/// What two spellings of an address are compared by.
///
/// Spelling differences of this kind (1-2-3 against 一丁目2番3号) made machines fail to match records in 2021 to 2023.
enum AddressComparison {
    /// The key: one width, no spaces, and every sign between two numbers of the block as one hyphen.
    static func key(_ text: String) -> String { TextNormalization.comparisonKey(text) }
}
