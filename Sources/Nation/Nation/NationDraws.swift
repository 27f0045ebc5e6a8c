public import CardChip
public import NumberValues
import Synchronization
import Values

/// Where residents' codes, numbers and card serials are drawn: from the system's randomness, or from a seed.
public struct NationDraws: Sendable {
    public var residentCode: @Sendable () -> ResidentCode
    public var individualNumber: @Sendable () -> IndividualNumber
    public var cardSerial: @Sendable () throws -> CardSerial

    /// Draws from the system's randomness.
    public init() {
        residentCode = { Self.system { ResidentCode.random(using: &$0) } }
        individualNumber = { Self.system { IndividualNumber.random(using: &$0) } }
        cardSerial = { try CardSerial(Self.system { Self.digits(15, &$0) }) }
    }

    /// Draws the same each time for one seed, each kind from a stream of its own: for demo nations, never for keys.
    public init(seed: UInt64) {
        let codes = Mutex(SeededGenerator(seed: seed ^ 0x5265_7369_6465_6E74))
        let numbers = Mutex(SeededGenerator(seed: seed ^ 0x4E75_6D62_6572_7321))
        let serials = Mutex(SeededGenerator(seed: seed ^ 0x4361_7264_7321_2121))
        residentCode = { codes.withLock { ResidentCode.random(using: &$0) } }
        individualNumber = { numbers.withLock { IndividualNumber.random(using: &$0) } }
        cardSerial = { try CardSerial(serials.withLock { Self.digits(15, &$0) }) }
    }

    private static func system<Value>(_ draw: (inout SystemRandomNumberGenerator) -> Value) -> Value {
        var generator = SystemRandomNumberGenerator()
        return draw(&generator)
    }

    private static func digits(_ count: Int, _ generator: inout some RandomNumberGenerator) -> String {
        (0..<count).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
    }
}
