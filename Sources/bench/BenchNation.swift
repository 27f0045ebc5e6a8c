import CardChip
import CardReader
import Contracts
import DemoNation
import Foundation
import InstitutionKeys
import JPKIValidation
import Logging
import Nation
import PortableSQL
import Portal
import Values

/// A demo nation in this process, and what is measured of it.
struct BenchNation: Sendable {
    private let nation: NationInstitutions
    private let portal: PortalService
    private let card: CardStore

    static func configuration(databases: [String: String]) throws -> NationConfiguration {
        var configuration = try DemoConfiguration.make(
            seed: DemoConfiguration.defaultSeed, on: DemoConfiguration.defaultDay, portalPort: 8080, agentPort: 24777)
        configuration.databases = databases
        return configuration
    }

    static func institutions() throws -> [InstitutionID] { try configuration(databases: [:]).institutions }

    /// Makes a demo nation and opens it.
    static func make(at folder: URL, databases: [String: String]) async throws -> BenchNation {
        let quiet: @Sendable (InstitutionID) -> Logger = { name in
            Logger(label: name.text) { _ in SwiftLogNoOpLogHandler() }
        }
        let nationFolder = try await DemoNation.create(
            at: folder, configuration(databases: databases), wall: WallClock().now(), makeLogger: quiet,
            progress: { _ in })
        var opening = NationOpening()
        opening.faults = false
        let nation = try await NationInstitutions.open(
            nationFolder, clock: FileClock(nationFolder), opening, makeLogger: quiet)
        guard let portal = nation.portal else { throw BenchError.noPortal }
        let card = try CardStore.open(folder: nationFolder.wallet, name: "hanako")
        return BenchNation(nation: nation, portal: portal, card: card)
    }

    func close() async { await nation.close() }

    /// What the first page shows of the nation.
    func firstPageWords() async throws -> String { portal.names(of: .portal).japanese }

    // MARK: What is measured

    /// One small durable write each, as many as the engine does: the limit of everything that is recorded.
    func durableCommits(callers: Int, seconds: Int) async throws -> Rate {
        guard let database = nation.databases[.portal] else { throw BenchError.noPortal }
        let now = nation.clock.now().microseconds
        return try await Rate.measure(callers: callers, seconds: seconds) {
            let id = LoginReference.random().bytes
            try await database.write {
                try $0.enqueue(id: id, subject: "bench", destination: "nobody", endpoint: "-", body: id, at: now)
                _ = try $0.markDelivered(id, at: now)
            }
        }
    }

    /// The citizen's own local tax record, again and again.
    func exchanges(callers: Int, seconds: Int) async throws -> Rate {
        let citizen = try await signIn(prepare())
        let day = nation.clock.now().civilDate
        let period = InformationPeriod.fiscalYear(day.year)
        guard let provider = portal.providers(of: .localTax, for: citizen).first else { throw BenchError.noPortal }
        return try await Rate.measure(callers: callers, seconds: seconds) { [portal] in
            let information = try await portal.ownInformation(
                .localTax, period: period, from: provider.gateway, for: citizen)
            guard case .documents = information else { throw BenchError.noDocument }
        }
    }

    /// Logins whose signatures were made before: callback and resume, with both verifications and the presence.
    func logins(count: Int, callers: Int) async throws -> Rate {
        var prepared: [PreparedLogin] = []
        for _ in 0..<count { prepared.append(try await prepare()) }
        let works = prepared.map { login in { @Sendable in _ = try await signIn(login) } }
        return try await Rate.measure(callers: callers, each: works)
    }

    struct PreparedLogin: Sendable {
        let cookieHash: [UInt8]
        let callback: LoginCallback
    }

    private func prepare() async throws -> PreparedLogin {
        let cookieHash = (0..<32).map { _ in UInt8.random(in: 0...255) }
        let reference = try await portal.beginLogin(cookieHash: cookieHash)
        let token = try await portal.requestObject(reference)
        let directory = try await nation.folder.directory()
        let request = try await directory.verify(token, by: .portal, at: nation.clock.now()).content
        return try PreparedLogin(
            cookieHash: cookieHash,
            callback: LoginCallback(
                reference: reference.text, evidence: request.audiences.map { try evidence(request, for: $0) }))
    }

    private func evidence(_ request: LoginRequestObject, for audience: InstitutionID) throws -> LoginEvidence {
        let challenge = try LoginChallenge(
            audience: audience.text, relyingParty: request.relyingParty.text, origin: request.origin,
            purpose: request.purpose, nonce: request.nonce.bytes, time: nation.clock.now())
        let reader = try JPKICard(InMemoryTransport(card))
        _ = try reader.verify(Pin("1234", for: .authentication))
        return try LoginEvidence(
            challenge: challenge, signature: reader.sign(message: challenge.bytes, with: .authentication),
            certificate: UnverifiedUserCertificate(der: reader.certificate(.authentication)))
    }

    private func signIn(_ login: PreparedLogin) async throws -> SignedInCitizen {
        let handle = try await portal.acceptSignature(login.callback)
        return try await portal.signIn(handle: handle.handle, cookieHash: login.cookieHash)
    }
}

enum BenchError: Error { case noPortal, noDocument, noPostgreSQL }
