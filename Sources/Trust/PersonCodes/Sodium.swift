import CSodium

/// The one place where libsodium is started and its return codes are read.
enum Sodium {
    /// `sodium_init` may be called once only before other threads use the library: a static value is made once.
    private static let started = sodium_init() >= 0

    /// Throws `libraryUnavailable` when libsodium did not start.
    static func start() throws(PersonCodesError) {
        guard started else { throw PersonCodesError(.libraryUnavailable, "libsodium did not start") }
    }

    /// Overwrites bytes with zeros in a way the optimiser keeps.
    static func wipe(_ bytes: inout [UInt8]) {
        bytes.withUnsafeMutableBytes { sodium_memzero($0.baseAddress, $0.count) }
    }

    /// Compares without a time that depends on the contents. Different lengths are unequal.
    static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && sodium_memcmp(left, right, left.count) == 0
    }

    /// `count` bytes of the system's randomness.
    static func randomBytes(_ count: Int) throws(PersonCodesError) -> [UInt8] {
        try start()
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return bytes
    }
}
