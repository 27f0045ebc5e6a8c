public import CardChip
import Synchronization
import Values

extension CardOfficeService {
    /// Fifteen digits from the system's randomness.
    public static func randomSerial() throws -> CardSerial {
        var generator = SystemRandomNumberGenerator()
        return try serial(&generator)
    }

    /// Draws the same serials each time for one seed: for demo nations.
    public static func seededDraw(_ seed: UInt64) -> @Sendable () throws -> CardSerial {
        let generator = Mutex(SeededGenerator(seed: seed ^ 0x6361_7264_7321_2121))  // a stream of its own
        return { try generator.withLock { try serial(&$0) } }
    }

    private static func serial(_ generator: inout some RandomNumberGenerator) throws -> CardSerial {
        try CardSerial((0..<15).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined())
    }
}
