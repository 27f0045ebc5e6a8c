import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import InstitutionKeys
import Logging
import NIOCore
import PersonCodes
import PortableSQL
import Portal
import TestSupport
import Testing
import Values
import VerifiableLog
import Web
import Wire

@testable import PortalWeb

/// The portal's pages over a real portal among hand-made neighbours.
struct PortalWorld: Sendable {
    static let origin = "http://localhost"

    let clock = HandClock(Citizen.noon)
    let log = CapturedLog()
    let network = InProcessNetwork()
    let neighbours: Neighbours
    let web: PortalWeb
    let database: Database
    let city: InstitutionID
    let pension: InstitutionID

    static func run(
        _ test: @escaping @Sendable (PortalWorld, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await withDatabase(.sqlite, migrations: PortalStore.migrations + SQLSessionStore.migrations) { database in
            let world = try await PortalWorld(database)
            try await world.web.application(at: .loopback(port: 0)).test(.router) { try await test(world, $0) }
            #expect(world.log.lines.allSatisfy { !$0.contains(Self.personalWord) }, "nothing personal in the log")
        }
    }

    /// Stands in what the neighbours say of the citizen, and may stand in no log line.
    static let personalWord = "5550000"

    init(_ database: Database) async throws {
        self.database = database
        city = try .agencyGateway(AgencyBody(MunicipalityCode(fiveDigits: "99201")))
        pension = try .agencyGateway(AgencyBody("pension"))
        let names: [InstitutionID: (String, String)] = [
            .linkageCore: ("情報提供ネットワーク", "Information Provision Network"), .portal: ("窓口ポータル", "Madoguchi Portal"),
            city: ("架空県窓口市", "Madoguchi City"), pension: ("年金機構", "Pension Service"),
        ]
        var keys: [InstitutionID: InstitutionKeyPair] = [:]
        let authority = KeyAuthority()
        var statements: [SignedToken<KeyStatement>] = []
        for (name, (japanese, english)) in names {
            let pair = InstitutionKeyPair()
            keys[name] = pair
            statements.append(
                try await authority.sign(
                    pair.statement(
                        for: name, nameJapanese: japanese, nameEnglish: english, validity: .earliest ..< .latest)))
        }
        let directory = try await KeyDirectory(statements, authority: authority.publicKey)
        let point = try PersonPointKey.random().point(for: [7])
        neighbours = Neighbours(
            keys: keys, directory: directory, logKey: try LogKey.random(name: "log.test.example"), clock: clock,
            code: try InstitutionCode(bytes: point.bytes))
        let configuration = PortalConfiguration(
            origin: Self.origin, agentPort: 24777, providers: try Self.providers(city: city, pension: pension))
        let service = try await PortalService(
            database: database, network: network.network(for: Caller("portal")), clock: clock,
            keys: keys[.portal] ?? InstitutionKeyPair(), directory: directory,
            validator: try Citizen.shared.get().validator(), logKey: neighbours.logKey.verifier,
            configuration: configuration, logger: log.logger())
        web = PortalWeb(service: service, database: database, clock: clock, logger: log.logger())
        serveNeighbours()
    }

    private static func providers(city: InstitutionID, pension: InstitutionID) throws -> [InformationProvider] {
        let kinds = try ["1", "2", "4-1"].map { try InformationKindID($0) }
        return [
            InformationProvider(gateway: pension, municipality: nil, kinds: [try InformationKindID("7-1"), kinds[2]]),
            InformationProvider(
                gateway: city, municipality: try MunicipalityCode(fiveDigits: "99201"), kinds: Set(kinds)),
        ]
    }

    private func serveNeighbours() {
        let logger = CapturedLog().logger()
        network.serve(EndpointTable(neighbours.coreEndpoints, logger: logger), as: "linkage-core")
        for gateway in [city, pension] {
            network.serve(EndpointTable(neighbours.gatewayEndpoints(gateway), logger: logger), as: gateway.text)
        }
        network.serve(
            EndpointTable(
                [AcquisitionContract.presentLogin.served(to: .anyCaller) { _, _ in Acknowledgement() }],
                logger: logger), as: "number-authority")
        let (clock, neighbours) = (clock, neighbours)
        network.serve(
            EndpointTable(
                [
                    CertificationContract.status.served(to: .anyCaller) { inquiry, _ in
                        let isRevoked = neighbours.told(\.isRevoked)
                        return StatusAnswer(
                            response: ContractBytes(
                                try Citizen.shared.get().status(
                                    inquiry.request.bytes, isRevoked: isRevoked, at: clock.now())))
                    }
                ], logger: logger), as: "jpki")
    }

    // MARK: - A browser

    /// What a session holds, written down as the portal writes it.
    private struct StoredCitizen: Encodable {
        let presence: PresenceToken
        let content: Presence
        let municipality: String?
        let signedInAt: Instant
    }

    /// A browser with a live session, without the way through the card.
    func signedIn() async throws -> Browser {
        let (token, content) = try await neighbours.presence()
        _ = try await database.write { writer in
            try writer.execute(
                """
                INSERT INTO account (portal_code, opened_on) VALUES ($1, $2) ON CONFLICT (portal_code) DO NOTHING
                """, content.code.bytes, "2026-11-20")
        }
        let data = try WireJSON.encode(
            StoredCitizen(presence: token, content: content, municipality: "99201", signedInAt: clock.now()))
        let session = try await web.sessions.begin(data: data, replacing: nil)
        return Browser(cookies: ["__Host-session": session.secret.cookieValue], token: session.formToken.text)
    }
}

/// A browser's cookies and the form token of its pages.
struct Browser: Sendable {
    var cookies: [String: String] = [:]
    var token = ""

    func get(_ path: String, _ client: any TestClientProtocol) async throws -> TestResponse {
        try await client.execute(uri: path, method: .get, headers: headers)
    }

    func post(
        _ path: String, _ fields: KeyValuePairs<String, String>, _ client: any TestClientProtocol
    ) async throws -> TestResponse {
        var headers = headers
        headers[.origin] = PortalWorld.origin
        headers[.contentType] = "application/x-www-form-urlencoded"
        let body = (fields.map { ($0.key, $0.value) } + [("form_token", token)]).map { "\($0.0)=\($0.1)" }
        return try await client.execute(
            uri: path, method: .post, headers: headers, body: ByteBuffer(string: body.joined(separator: "&")))
    }

    private var headers: HTTPFields {
        let pairs = cookies.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
        return pairs.isEmpty ? [:] : [.cookie: pairs.joined(separator: "; ")]
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
    var location: String? { headers[.location] }

    /// The value of a cookie that was set here.
    func cookie(_ name: String) -> String? {
        headers[values: .setCookie].first { $0.hasPrefix("\(name)=") }?
            .split(separator: ";").first.map { String($0.dropFirst(name.count + 1)) }
    }
}
