import Foundation
import Testing

@testable import VerifiableLog

/// A published key and note: the example of golang.org/x/mod/sumdb/note.
enum PublishedNote {
    static let verifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    /// From `PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz`, after the type byte.
    static let seedWithType = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    static let text =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    static let signatureLine =
        "\u{2014} PeterNeumann "
        + "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    static let note = text + "\n" + signatureLine + "\n"
}

@Suite struct NoteTests {
    @Test("a published note and verifier key are understood, and signed alike")
    func published() throws {
        let verifier = try NoteVerifier(verifierKey: PublishedNote.verifierKey)
        #expect(verifier.description == PublishedNote.verifierKey && verifier.keyID == 0xc74f_20a3)
        let note = try SignedNote(PublishedNote.note)
        try verifier.verify(note)
        #expect(note.text == PublishedNote.text && note.rendered == PublishedNote.note)
        let seed = [UInt8](try Base64.decode(PublishedNote.seedWithType).dropFirst())
        let key = try LogKey(name: "PeterNeumann", seed: seed)
        #expect(key.verifier == verifier)
        #expect(try key.sign(PublishedNote.text).text == PublishedNote.text)
        try verifier.verify(key.sign(PublishedNote.text))
    }

    @Test("whatever byte of text or signature is changed, the note is refused")
    func tampered() throws {
        let verifier = try NoteVerifier(verifierKey: PublishedNote.verifierKey)
        let note = try SignedNote(PublishedNote.note)
        for place in note.text.utf8.indices {
            var bytes = Array(note.text.utf8)
            bytes[note.text.utf8.distance(from: note.text.utf8.startIndex, to: place)] ^= 1
            let changed = SignedNote(text: String(decoding: bytes, as: UTF8.self), signatures: note.signatures)
            #expect(throws: VerifiableLogError(.signatureRefused, "")) { try verifier.verify(changed) }
        }
        for bit in 0..<512 {
            var bytes = note.signatures[0].bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            let signature = SignedNote.Signature(name: "PeterNeumann", keyID: verifier.keyID, bytes: bytes)
            let changed = SignedNote(text: note.text, signatures: [signature])
            #expect(throws: VerifiableLogError(.signatureRefused, "")) { try verifier.verify(changed) }
        }
    }

    @Test("signatures of unknown keys are ignored, a wrong one of a known key refuses the note")
    func several() throws {
        let verifier = try NoteVerifier(verifierKey: PublishedNote.verifierKey)
        let note = try SignedNote(PublishedNote.note)
        let stranger = try LogKey.random(name: "PeterNeumann").sign(note.text).signatures[0]
        try verifier.verify(note.adding(stranger))
        #expect(try SignedNote(note.adding(stranger).rendered) == note.adding(stranger))
        let refusal = VerifiableLogError(.signatureRefused, "")
        #expect(throws: refusal) { try verifier.verify(SignedNote(text: note.text, signatures: [stranger])) }
        let wrong = SignedNote.Signature(name: "PeterNeumann", keyID: verifier.keyID, bytes: stranger.bytes)
        #expect(throws: refusal) { try verifier.verify(note.adding(wrong)) }
    }

    static let malformed: [String] = [
        "", "\n", "\n\n", PublishedNote.text, String(PublishedNote.note.dropLast()), PublishedNote.text + "\n",
        "\n" + PublishedNote.signatureLine + "\n",
        PublishedNote.text + PublishedNote.signatureLine + "\n",
        PublishedNote.note + "\n",
        PublishedNote.note.replacingOccurrences(of: "\u{2014}", with: "-"),
        PublishedNote.note.replacingOccurrences(of: "\u{2014} P", with: "\u{2014}  P"),
        PublishedNote.note.replacingOccurrences(of: "PeterNeumann", with: "Peter+Neumann"),
        PublishedNote.note.replacingOccurrences(of: "PeterNeumann", with: "Peter\u{00A0}Neumann"),
        PublishedNote.note.replacingOccurrences(of: "PeterNeumann ", with: " "),
        PublishedNote.note.replacingOccurrences(of: "nAM=", with: "nAM"),
        PublishedNote.note.replacingOccurrences(of: "nAM=", with: "nAN="),
        PublishedNote.note.replacingOccurrences(of: "\n", with: "\r\n"),
        "a\tb\n\n" + PublishedNote.signatureLine + "\n",
        PublishedNote.text + "\n\u{2014} PeterNeumann x08gow==\n",
        PublishedNote.text + "\n" + String(repeating: PublishedNote.signatureLine + "\n", count: 33),
        String(repeating: "a", count: 65_536) + "\n" + PublishedNote.note,
    ]

    @Test("a note in any other form is refused", arguments: malformed)
    func form(note: String) {
        #expect(throws: VerifiableLogError(.malformed, "")) { try SignedNote(note) }
    }

    @Test(
        "a verifier key in any other form is refused",
        arguments: [
            "", "PeterNeumann", "PeterNeumann+c74f20a3", "PeterNeumann+c74f20a3+",
            "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "EnochRoot+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+AhpcAQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10", "Peter Neumann+c74f20a3+AAAA",
            "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ])
    func verifierKeys(text: String) {
        #expect(throws: VerifiableLogError.self) { try NoteVerifier(verifierKey: text) }
        #expect(NoteVerifier(text) == nil)
    }

    @Test(
        "published verifier keys are written back as they were read",
        arguments: [
            PublishedNote.verifierKey, "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
            "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
        ])
    func publishedKeys(text: String) throws {
        #expect(try NoteVerifier(verifierKey: text).description == text)
    }

    @Test("a log key shows nothing of itself and a bad seed or name is refused")
    func key() throws {
        let key = try LogKey(name: "log.example", seed: [UInt8](repeating: 0xAB, count: 32))
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!(dumped + "\(key)" + String(reflecting: key)).contains("171"))
        #expect(!((key as Any) is any Encodable))
        #expect(try LogKey(name: "log.example", seed: key.seedForKeyFolder).verifier == key.verifier)
        #expect(throws: VerifiableLogError(.wrongLength, "")) { try LogKey(name: "a", seed: [1]) }
        for name in ["", "a b", "a+b", "a\nb", String(repeating: "a", count: 256)] {
            #expect(throws: VerifiableLogError(.malformed, "")) { try LogKey.random(name: name) }
        }
    }
}

@Suite struct CheckpointTests {
    let key: LogKey
    let head: TreeHead

    init() throws {
        key = try LogKey.random(name: "example.com/log")
        head = try PlainTree(count: 5).head(5)
    }

    @Test("the specification's example is read")
    func example() throws {
        let note = try SignedNote(
            """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            \u{2014} example.com/behind-the-sofa \
            Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=

            """)
        let text = try CheckpointText(note.text)
        #expect(text.origin == "example.com/behind-the-sofa" && text.head.size == 20_852_163)
        #expect(note.signatures[0].keyID == 0x033d_e0ae && text.rendered == note.text)
    }

    @Test("a signed checkpoint is read back, also with a witness's line")
    func roundTrip() throws {
        let made = try Checkpoint(signing: head, origin: "example.com/log", by: key)
        #expect(made.note.text == "example.com/log\n5\n\(head.root.base64)\n")
        #expect(try Checkpoint(verifying: made.note.rendered, by: key.verifier, origin: "example.com/log") == made)
        let witness = try LogKey.random(name: "witness.example").sign(made.note.text).signatures[0]
        let read = try Checkpoint(verifying: made.note.adding(witness), by: key.verifier, origin: "example.com/log")
        #expect(read.head == head)
    }

    @Test("another key, another origin and another size are refused, each by its name")
    func refused() throws {
        let note = try Checkpoint(signing: head, origin: "example.com/log", by: key).note
        let other = try LogKey.random(name: "example.com/log").verifier
        #expect(throws: VerifiableLogError(.signatureRefused, "")) {
            try Checkpoint(verifying: note, by: other, origin: "example.com/log")
        }
        #expect(throws: VerifiableLogError(.wrongOrigin, "")) {
            try Checkpoint(verifying: note, by: key.verifier, origin: "example.com/other")
        }
        let grown = note.rendered.replacingOccurrences(of: "\n5\n", with: "\n6\n")
        #expect(throws: VerifiableLogError(.signatureRefused, "")) {
            try Checkpoint(verifying: grown, by: key.verifier, origin: "example.com/log")
        }
    }

    @Test(
        "a text that is no checkpoint is refused, even when it is signed",
        arguments: [
            "a\n5\n", "a\n05\nROOT\n", "a\n-1\nROOT\n", "a\n+5\nROOT\n", "a\n5 \nROOT\n", "a\n5\nROOT\nextension\n",
            "\n5\nROOT\n", "a\n5\nAAAA\n", "a\n5\nROOT\n\n", "a\n0\nROOT\n", "a\n9223372036854775807\nROOT\n",
            "a\n99999999999999999999\nROOT\n", "a\n5\n ROOT\n", "a\n\u{0665}\nROOT\n", "a\n\nROOT\n",
        ])
    func forms(template: String) throws {
        let text = template.replacingOccurrences(of: "ROOT", with: head.root.base64)
        #expect(throws: VerifiableLogError.self) { try CheckpointText(text) }
        #expect(throws: VerifiableLogError.self) {
            try Checkpoint(verifying: key.sign(text), by: key.verifier, origin: "a")
        }
    }

    @Test("an origin that is empty, too long or of two lines is refused")
    func origins() {
        for origin in ["", "a\nb", String(repeating: "a", count: 256)] {
            #expect(throws: VerifiableLogError(.malformed, "")) {
                try Checkpoint(signing: head, origin: origin, by: key)
            }
            #expect(throws: VerifiableLogError(.malformed, "")) { try LogStore(origin: origin) }
        }
    }
}
