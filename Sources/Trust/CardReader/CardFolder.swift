import Foundation
import Glibc

/// One card file in a folder, held by an exclusive lock as long as this value lives.
///
/// The lock lies on a file of its own (`NAME.lock`), because every write replaces the card file.
final class CardFolder: Sendable {
    /// How a card file's name ends.
    static let suffix = ".card"

    private let path: String
    private let folderHandle: Int32
    private let lockHandle: Int32

    /// Takes the lock. Throws `busy` when another holds it, `storage` when folder or lock file cannot be opened.
    init(folder: URL, name: String) throws(CardError) {
        guard Self.isPlain(name) else { throw CardError(.storage, "A card's name is letters, digits and hyphens.") }
        path = folder.appendingPathComponent(name + Self.suffix, isDirectory: false).path
        folderHandle = Glibc.open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folderHandle >= 0 else { throw CardError(.storage, "The folder of card files cannot be opened.") }
        lockHandle = Glibc.open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lockHandle >= 0 else {
            close(folderHandle)
            throw CardError(.storage, "The card's lock file cannot be opened.")
        }
        guard flock(lockHandle, LOCK_EX | LOCK_NB) == 0 else {
            close(folderHandle)
            close(lockHandle)
            throw CardError(.busy)
        }
    }

    deinit {
        close(lockHandle)
        close(folderHandle)
    }

    /// Names of cards have no path in them.
    private static func isPlain(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
                    || byte == 0x2D
            }
    }

    /// Whether the card file is there.
    var exists: Bool { access(path, F_OK) == 0 }

    /// The card file's bytes, at most `limit`. Throws `noCard`, `permissions`, `storage`.
    func read(limit: Int) throws(CardError) -> [UInt8] {
        let handle = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard handle >= 0 else { throw CardError(errno == ENOENT ? .noCard : .storage) }
        defer { close(handle) }
        var status = stat()
        guard fstat(handle, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw CardError(.storage) }
        guard status.st_mode & 0o077 == 0 else { throw CardError(.permissions) }
        guard status.st_size <= limit else { throw CardError(.damaged, "The card file is too large to be one.") }
        return try Self.readAll(handle, count: Int(status.st_size))
    }

    private static func readAll(_ handle: Int32, count: Int) throws(CardError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let read = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(handle, buffer.baseAddress?.advanced(by: done), count - done)
            }
            if read < 0 && errno == EINTR { continue }
            guard read > 0 else { throw CardError(.storage) }
            done += read
        }
        return bytes
    }

    /// Replaces the card file so that after a loss of power either the old or the new one is there, whole: a new file,
    /// fsync, rename, fsync of the folder. Throws `storage`.
    func replace(with bytes: [UInt8]) throws(CardError) {
        let temporary = path + ".new"
        let handle = Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard handle >= 0 else { throw CardError(.storage) }
        let written = fchmod(handle, 0o600) == 0 && Self.writeAll(bytes, to: handle) && fsync(handle) == 0
        guard close(handle) == 0, written else { throw CardError(.storage) }
        guard rename(temporary, path) == 0, fsync(folderHandle) == 0 else { throw CardError(.storage) }
    }

    private static func writeAll(_ bytes: [UInt8], to handle: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(handle, buffer.baseAddress?.advanced(by: done), bytes.count - done)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }
}
