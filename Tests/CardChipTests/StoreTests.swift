import CardChip
import Foundation
import Glibc
import Synchronization
import Testing

@testable import CardReader

@Suite("Card files")
struct StoreTests {
    private static let file = "test.card"

    @Test("a card file is its owner's alone, and holds the card after it is closed")
    func createAndOpen() throws {
        let folder = try TemporaryFolder()
        do {
            let store = try CardStore.create(TestCard.adult, folder: folder.url, name: "test")
            _ = try wrongTry(store)
        }
        let path = folder.url.appendingPathComponent(Self.file).path
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let store = try CardStore.open(folder: folder.url, name: "test")
        #expect(store.serial == TestCard.adult.serial)
        #expect(try triesLeft(store) == 2)
        #expect(try CardStore.names(in: folder.url) == ["test"])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == [
                Self.file, "test.card.lock",
            ])
    }

    @Test("a second opener is refused with words, until the first closes")
    func lock() throws {
        let folder = try TemporaryFolder()
        var first: CardStore? = try CardStore.create(TestCard.adult, folder: folder.url, name: "test")
        let error = #expect(throws: CardError.self) { try CardStore.open(folder: folder.url, name: "test") }
        #expect(error?.code == .busy)
        #expect(error?.description == "The card is in use. Close the other program that uses the card and try again.")
        _ = try triesLeft(try #require(first))
        first = nil
        #expect(throws: Never.self) { try CardStore.open(folder: folder.url, name: "test") }
    }

    @Test("another process cannot open the card either")
    func lockAcrossProcesses() throws {
        let folder = try TemporaryFolder()
        let store = try CardStore.create(TestCard.adult, folder: folder.url, name: "test")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let lock = folder.url.appendingPathComponent("test.card.lock").path
        process.arguments = ["flock", "--nonblock", lock, "true"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 1)
        withExtendedLifetime(store) {}
    }

    @Test("the counter is lower on the disk before the answer leaves: killed in between, the try is spent")
    func killedBeforeAnswer() throws {
        let folder = try TemporaryFolder()
        for left in [2, 1, 0] {
            let chip: Chip
            if left == 2 {
                chip = TestCard.adult
            } else {
                chip = try CardImage.chip(from: Array(Data(contentsOf: folder.url.appendingPathComponent("card"))))
            }
            let store = CardStore(chip: chip, name: "test") { (image: CardImage) throws(CardError) in
                _ = try? folder.write(image.bytes, to: "card")
                throw CardError(.storage)
            }
            #expect(throws: CardError.self) { try wrongTry(store) }
            var onDisk = try CardImage.chip(from: Array(Data(contentsOf: folder.url.appendingPathComponent("card"))))
            #expect(onDisk.statusWords([Say.selectJPKI, "00200098"]).last == "63C\(left)")
        }
    }

    @Test("what is on the disk is never older than an answer")
    func neverOlder() throws {
        let onDisk = Mutex(CardImage(TestCard.adult).bytes)
        let store = CardStore(chip: TestCard.adult, name: "test") { (image: CardImage) throws(CardError) in
            onDisk.withLock { $0 = image.bytes }
        }
        for expected in [2, 1, 0, 0] {
            _ = try wrongTry(store)
            #expect(try CardImage.chip(from: onDisk.withLock { $0 }).triesLeft(.authentication) == expected)
        }
    }

    @Test("right and wrong tries are both written, so that their time tells nothing")
    func writtenAlike() throws {
        let writes = Mutex(0)
        let store = CardStore(chip: TestCard.adult, name: "test") { (_: CardImage) throws(CardError) in
            writes.withLock { $0 += 1 }
        }
        _ = try store.transmit(bytes(Say.selectJPKI))
        #expect(writes.withLock { $0 } == 0)
        _ = try store.transmit(bytes("002000980431323334"))
        #expect(writes.withLock { $0 } == 1)
        _ = try store.transmit(bytes("002000980439393939"))
        #expect(writes.withLock { $0 } == 2)
    }

    @Test("after a failed write the card does not answer until it is opened anew")
    func stopped() throws {
        let store = CardStore(chip: TestCard.adult, name: "test") { (_: CardImage) throws(CardError) in
            throw CardError(.storage)
        }
        _ = try store.transmit(bytes(Say.selectJPKI))
        #expect(throws: CardError(.storage)) { try wrongTry(store) }
        #expect(throws: CardError(.stopped)) { try store.transmit(bytes(Say.selectJPKI)) }
        #expect(throws: CardError(.stopped)) { try store.personalise { _ in } }
    }

    @Test("fifty callers at once with wrong PINs get three tries between them")
    func fiftyCallers() async throws {
        let folder = try TemporaryFolder()
        let store = try CardStore.create(TestCard.adult, folder: folder.url, name: "test")
        let slot = SoftwareCardSlot(store)
        let pin = try Pin("9999", for: .authentication)
        let results = try await withThrowingTaskGroup(of: PinResult.self) { group in
            for _ in 0..<50 {
                group.addTask { try await slot.withCard { try JPKICard($0).verify(pin) } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.filter { $0 == .wrong(triesLeft: 2) }.count == 1)
        #expect(results.filter { $0 == .wrong(triesLeft: 1) }.count == 1)
        #expect(results.filter { $0 == .locked }.count == 48)
        let right = try Pin("1234", for: .authentication)
        #expect(try await slot.withCard { try JPKICard($0).verify(right) } == .locked)
    }

    @Test("fifty threads at once on the bare store get three tries between them")
    func fiftyThreads() async throws {
        let folder = try TemporaryFolder()
        let store = try CardStore.create(TestCard.adult, folder: folder.url, name: "test")
        _ = try store.transmit(bytes(Say.selectJPKI))
        let words = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 {
                group.addTask { hex(try store.transmit(bytes("002000980439393939"))) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(words.filter { $0 != "6984" }.sorted() == ["63C0", "63C1", "63C2"])
    }

    @Test("a file that others may read, a damaged one, and none at all are refused with words")
    func refused() throws {
        let folder = try TemporaryFolder()
        #expect(throws: CardError(.noCard)) { try CardStore.open(folder: folder.url, name: "test") }
        let path = try folder.write(CardImage(TestCard.adult).bytes, to: Self.file)
        chmod(path, 0o640)
        #expect(throws: CardError(.permissions)) { try CardStore.open(folder: folder.url, name: "test") }
        chmod(path, 0o600)
        #expect(throws: Never.self) { try CardStore.open(folder: folder.url, name: "test") }
        var damaged = CardImage(TestCard.adult).bytes
        damaged[100] ^= 0x10
        chmod(try folder.write(damaged, to: Self.file), 0o600)
        let error = #expect(throws: CardError(.damaged)) { try CardStore.open(folder: folder.url, name: "test") }
        #expect(error?.reason.contains("checksum") == true)
        #expect(throws: CardError(.storage)) { try CardStore.open(folder: folder.url, name: "../test") }
        #expect(throws: CardError(.storage)) { try CardStore.create(TestCard.adult, folder: folder.url, name: "test") }
    }

    @Test("a link in place of the card file is not followed")
    func link() throws {
        let folder = try TemporaryFolder()
        let real = try folder.write(CardImage(TestCard.adult).bytes, to: "real")
        chmod(real, 0o600)
        let link = folder.url.appendingPathComponent(Self.file).path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: real)
        #expect(throws: CardError(.storage)) { try CardStore.open(folder: folder.url, name: "test") }
    }

    @Test("work of the counter is written, and undone when it throws")
    func personalise() throws {
        let folder = try TemporaryFolder()
        let store = try CardStore.create(TestCard.adult, folder: folder.url, name: "test")
        for _ in 0..<3 { _ = try wrongTry(store) }
        #expect(throws: ChipError.self) {
            try store.personalise { chip in
                try chip.set(try Pin("7777", for: .authentication))
                _ = try chip.generateKeyPair(for: .authentication)
            }
        }
        #expect(try triesLeft(store) == 0)
        try store.personalise { chip in try chip.set(try Pin("7777", for: .authentication)) }
        let written = try Data(contentsOf: folder.url.appendingPathComponent(Self.file))
        #expect(try CardImage.chip(from: Array(written)).triesLeft(.authentication) == 3)
    }

    private func wrongTry(_ store: CardStore) throws -> String {
        _ = try store.transmit(bytes(Say.selectJPKI))
        return hex(try store.transmit(bytes("002000980439393939")))
    }

    private func triesLeft(_ store: CardStore) throws -> Int {
        try JPKICard(InMemoryTransport(store)).triesLeft(.authentication)
    }
}
