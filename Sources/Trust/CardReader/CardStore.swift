public import CardChip
public import Foundation
import Synchronization

/// A software card in a file (カードファイル): the chip, and a file that is always at least as old in tries as the answers.
///
/// While one is open nobody else can open the same file. Every change is on the disk, durably, before the answer that
/// depends on it leaves; if that fails there is no answer, and none after it until the card is opened anew.
public final class CardStore: Sendable {
    private struct State {
        var chip: Chip
        var stopped = false
    }

    private let state: Mutex<State>
    private let write: @Sendable (CardImage) throws(CardError) -> Void
    /// The card's own serial number.
    public let serial: CardSerial
    /// The name of the file, without its suffix.
    public let name: String
    /// The answer to reset.
    public let atr: [UInt8]

    init(chip: Chip, name: String, write: @escaping @Sendable (CardImage) throws(CardError) -> Void) {
        self.state = Mutex(State(chip: chip))
        self.serial = chip.serial
        self.atr = chip.atr
        self.name = name
        self.write = write
    }

    /// Opens a card file and keeps it locked until this object goes away.
    ///
    /// - Throws: `busy` when another holds it, `noCard`, `permissions` unless it is its owner's alone, `damaged`,
    ///   `storage`.
    public static func open(folder: URL, name: String) throws(CardError) -> CardStore {
        let file = try CardFolder(folder: folder, name: name)
        let bytes = try file.read(limit: CardImage.largestByteCount)
        do throws(ChipError) {
            let chip = try CardImage.chip(from: bytes)
            return CardStore(chip: chip, name: name, write: Self.writer(to: file))
        } catch {
            throw CardError(.damaged, error.reason)
        }
    }

    /// Writes a new card file and keeps it open. Throws `storage` when there is one of that name, `busy`.
    public static func create(_ chip: Chip, folder: URL, name: String) throws(CardError) -> CardStore {
        let file = try CardFolder(folder: folder, name: name)
        guard !file.exists else { throw CardError(.storage, "There is a card file of that name.") }
        let writer = writer(to: file)
        try writer(CardImage(chip))
        return CardStore(chip: chip, name: name, write: writer)
    }

    private static func writer(to file: CardFolder) -> @Sendable (CardImage) throws(CardError) -> Void {
        { (image: CardImage) throws(CardError) in try file.replace(with: image.bytes) }
    }

    /// The names of the card files in a folder, sorted; without opening them. Throws `storage`.
    public static func names(in folder: URL) throws(CardError) -> [String] {
        guard let entries = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
            throw CardError(.storage, "The folder of card files cannot be read.")
        }
        return entries.filter { $0.hasSuffix(CardFolder.suffix) }.map { String($0.dropLast(CardFolder.suffix.count)) }
            .sorted()
    }

    /// One command to the chip. Throws `storage` when its effect could not be written, `stopped` after that.
    public func transmit(_ command: [UInt8]) throws(CardError) -> [UInt8] {
        try change { chip in
            let step = chip.process(command)
            return (step.response, step.changed)
        }
    }

    /// Power off and on.
    public func reset() { state.withLock { $0.chip.reset() } }

    /// What a counter does to the card without commands, such as a new PIN after a lock (暗証番号の再設定); written
    /// durably. Throws what the work throws, and `CardError`.
    public func personalise<Result: Sendable>(_ work: (inout Chip) throws -> Result) throws -> Result {
        let outcome: Swift.Result<Result, any Error> = try change { chip in
            let before = chip
            do {
                return (.success(try work(&chip)), true)
            } catch {
                chip = before
                return (.failure(error), false)
            }
        }
        return try outcome.get()
    }

    /// Works on the chip, writes it when it changed, and only then gives the result out.
    private func change<Result: Sendable>(_ work: (inout Chip) -> (Result, changed: Bool)) throws(CardError) -> Result {
        let outcome: Swift.Result<Result, CardError> = state.withLock { state in
            guard !state.stopped else { return .failure(CardError(.stopped)) }
            let (result, changed) = work(&state.chip)
            guard changed else { return .success(result) }
            do throws(CardError) {
                try write(CardImage(state.chip))
                return .success(result)
            } catch {
                state.stopped = true
                return .failure(error)
            }
        }
        return try outcome.get()
    }
}
