import Values

/// A PIN on the chip with the tries that are left: the lifecycle of one secret (暗証番号の試行回数).
///
/// A wrong try takes one away, a right one gives all back, none left means that even the right one is refused. Time
/// gives nothing back; only the issuer sets a new PIN. Source: README.md, Sources (commands).
struct PinCounter: Hashable, Sendable, Redacting {
    /// What it opens, and with it shape and number of tries.
    let purpose: PinPurpose
    /// The secret; nil until the issuer sets one.
    private(set) var secret: [UInt8]?
    /// 0...purpose.tries.
    private(set) var triesLeft: Int

    /// What came of a try.
    enum Outcome: Hashable {
        case verified
        case wrong(triesLeft: Int)
        case blocked
    }

    /// A PIN that is not set: nothing verifies against it.
    init(unset purpose: PinPurpose) {
        self.purpose = purpose
        self.secret = nil
        self.triesLeft = 0
    }

    /// As an image tells it; nil when the parts do not fit each other.
    init?(purpose: PinPurpose, secret: [UInt8]?, triesLeft: Int) {
        guard (0...purpose.tries).contains(triesLeft) else { return nil }
        guard secret.map(purpose.accepts) ?? (triesLeft == 0) else { return nil }
        self.purpose = purpose
        self.secret = secret
        self.triesLeft = triesLeft
    }

    /// One try.
    mutating func verify(_ attempt: [UInt8]) -> Outcome {
        guard let secret, triesLeft > 0 else { return .blocked }
        triesLeft -= 1
        guard Self.equal(attempt, secret) else { return .wrong(triesLeft: triesLeft) }
        triesLeft = purpose.tries
        return .verified
    }

    /// Sets a new secret and gives all tries back; false when the shape is wrong, and then nothing has changed.
    mutating func set(_ new: [UInt8]) -> Bool {
        guard purpose.accepts(new) else { return false }
        secret = new
        triesLeft = purpose.tries
        return true
    }

    /// Compares without stopping at the first difference.
    private static func equal(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
