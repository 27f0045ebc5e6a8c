import CardChip
import Foundation
import Testing

extension CardServiceTests {
    /// The card as OpenSC sees it: through pcscd and a virtual reader, with nothing of ours on the terminal's side.
    @Suite("The card in OpenSC")
    struct OpenSCTests {
        private let service: CardService
        private var files: URL { service.folder }

        init() throws { service = try CardService() }

        private func path(_ name: String) -> String { files.appendingPathComponent(name).path }

        @Test("opensc-tool recognises the card among all that it knows, and reads its answer to reset")
        func name() throws {
            let name = try service.run(["opensc-tool", "-n"])
            #expect(name.status == 0 && name.text.lowercased().contains("jpki"), "\(name.text)")
            let answer = try service.run(["opensc-tool", "-a"])
            #expect(answer.text.contains("3b:e0:00:ff:81:31:fe:45:14"), "\(answer.text)")
        }

        @Test("pkcs15-tool lists two PINs with their tries, two keys and four certificates")
        func dump() throws {
            let dump = try service.run(["pkcs15-tool", "-D"]).text
            for (what, count) in [
                ("PIN [", 2), ("Private RSA Key [", 2), ("X.509 Certificate [", 4), ("Tries left", 2),
            ] {
                #expect(dump.components(separatedBy: what).count - 1 == count, "\(what) in \(dump)")
            }
            #expect(dump.contains("Tries left     : 3") && dump.contains("Tries left     : 5"), "\(dump)")
        }

        @Test("the authentication certificate is read without a PIN, the signing certificate only with its own")
        func certificates() throws {
            let free = try service.run(["pkcs15-tool", "--read-certificate", "1"])
            #expect(free.status == 0 && free.text.contains("BEGIN CERTIFICATE"), "\(free.text)")
            let refused = try service.run(["pkcs15-tool", "--read-certificate", "2"])
            #expect(refused.status != 0 && !refused.text.contains("BEGIN CERTIFICATE"), "\(refused.text)")
            let opened = try service.run([
                "pkcs15-tool", "--auth-id", "2", "--verify-pin", "--pin", "ABC123", "--read-certificate", "2",
            ])
            #expect(opened.status == 0 && opened.text.contains("BEGIN CERTIFICATE"), "\(opened.text)")
        }

        @Test(
            "pkcs11-tool signs with each key, and openssl verifies with its certificate",
            arguments: [
                ("0", "1234", "01", "authentication"), ("1", "ABC123", "02", "signature"),
            ])
        func signs(slot: String, pin: String, id: String, name: String) throws {
            try Data("madoguchi".utf8).write(to: files.appendingPathComponent("message"))
            let signed = try service.run([
                "pkcs11-tool", "--module", CardService.module, "--slot-index", slot, "--login", "--pin", pin, "--id",
                id,
                "--sign", "--mechanism", "SHA256-RSA-PKCS", "--input-file", path("message"), "--output-file",
                path("signature"),
            ])
            #expect(signed.status == 0, "\(signed.text)")
            #expect(
                try service.run([
                    "openssl", "x509", "-inform", "DER", "-in", path("\(name).der"), "-pubkey", "-noout", "-out",
                    path("key.pem"),
                ]).status == 0)
            let verified = try service.run([
                "openssl", "dgst", "-sha256", "-verify", path("key.pem"), "-signature", path("signature"),
                path("message"),
            ])
            #expect(verified.text.contains("Verified OK"), "\(verified.text)")
        }

        @Test("a wrong PIN is told as one and counted on the disk; the third locks, and the card is still recognised")
        func wrongPin() throws {
            for left in [2, 1, 0] {
                let refused = try service.run([
                    "pkcs11-tool", "--module", CardService.module, "--login", "--pin", "9999", "--list-objects",
                ])
                #expect(refused.status != 0, "\(refused.text)")
                if left > 0 { #expect(refused.text.contains("CKR_PIN_INCORRECT"), "\(refused.text)") }
                #expect(try service.cardOnDisk.triesLeft(.authentication) == left)
            }
            #expect(try service.run(["opensc-tool", "-n"]).text.lowercased().contains("jpki"))
            let dump = try service.run(["pkcs15-tool", "-D"]).text
            #expect(dump.contains("Tries left     : 0"), "\(dump)")
        }
    }
}
