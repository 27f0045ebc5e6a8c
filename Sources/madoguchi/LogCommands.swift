import ArgumentParser
import Foundation
import Logging
import Nation
import Values
import VerifiableLog

/// `madoguchi log …`
struct LogCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Check the exchange log.", subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check every entry of a nation's exchange log, or one proof offline.",
            discussion: """
                madoguchi log verify DIR                           every entry and every node
                madoguchi log verify --proof FILE --key LOGKEY     one downloaded proof; LOGKEY is the file
                                                                   public/exchange-log.pub or its contents
                """)
        @Argument(help: "The nation's folder.")
        var folder: String?
        @Option(help: "A proof that was downloaded from the portal.")
        var proof: String?
        @Option(help: "The log's verifier key, or a file that holds it.")
        var key: String?

        func run() async throws {
            try await explaining {
                switch (folder, proof, key) {
                case (let folder?, nil, nil): try await verifyAll(NationFolder(URL(filePath: folder)))
                case (nil, let proof?, let key?): try verify(proof, key)
                default: throw ValidationError("give a nation's folder, or --proof FILE and --key LOGKEY")
                }
            }
        }

        private func verifyAll(_ folder: NationFolder) async throws {
            let report = try await NationStatus.verifyLog(
                of: folder, makeLogger: Terminal.logger(.error), progress: Terminal.progress)
            print(report.text)
            if !report.isValid { throw ExitCode(1) }
        }

        private func verify(_ proof: String, _ key: String) throws {
            let text = (try? String(contentsOfFile: key, encoding: .utf8)) ?? key
            let verifier: NoteVerifier
            do { verifier = try NoteVerifier(verifierKey: text.trimmingCharacters(in: .whitespacesAndNewlines)) } catch
            {
                throw ValidationError("--key takes a verifier key (name+hash+key) or a file that holds one")
            }
            guard let bytes = FileManager.default.contents(atPath: proof) else {
                throw ValidationError("the file \(proof) cannot be read")
            }
            let report = try Self.bundle(Array(bytes)).verify(with: verifier, origin: verifier.name)
            print(report)
            if !report.isValid { throw ExitCode(1) }
        }

        private static func bundle(_ bytes: [UInt8]) throws -> ProofBundle {
            do { return try ProofBundle(json: bytes) } catch {
                throw ValidationFailure("this is not a proof file: \(error.reason)")
            }
        }
    }
}
