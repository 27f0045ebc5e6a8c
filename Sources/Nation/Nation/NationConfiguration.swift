public import Contracts
public import Values
public import WireHTTP

/// What a nation is made of and where its parts listen: the contents of `nation.json`. Holds no secret.
public struct NationConfiguration: Codable, Sendable, Equatable {
    /// The version of this file's form that this program reads and writes.
    public static let currentVersion = 1

    /// The file's version.
    public var version: Int
    /// The name in Japanese.
    public var nameJapanese: String
    /// The name in English.
    public var nameEnglish: String
    /// From what the demo nation's residents and numbers follow.
    public var seed: UInt64
    /// The nation's first day: ages and dates of the demo nation are counted from it.
    public var referenceDate: CivilDate
    /// Its municipalities.
    public var municipalities: [MunicipalityEntry]
    /// Its agencies that are no municipalities.
    public var bodies: [BodyEntry]
    /// Where the portal's pages are.
    public var portal: PortalAddress
    /// Where card agents listen on 127.0.0.1.
    public var agentPort: Int
    /// Where each institution listens for the others, when it does not share their process.
    public var addresses: [String: ServiceAddress]
    /// libpq connection strings by institution; an institution without one uses SQLite in its own folder.
    public var databases: [String: String]

    /// Takes the values as they are.
    public init(
        nameJapanese: String, nameEnglish: String, seed: UInt64, referenceDate: CivilDate,
        municipalities: [MunicipalityEntry], bodies: [BodyEntry], portal: PortalAddress, agentPort: Int = 24777,
        databases: [String: String] = [:]
    ) throws {
        version = Self.currentVersion
        self.nameJapanese = nameJapanese
        self.nameEnglish = nameEnglish
        self.seed = seed
        self.referenceDate = referenceDate
        self.municipalities = municipalities
        self.bodies = bodies
        self.portal = portal
        self.agentPort = agentPort
        self.databases = databases
        addresses = [:]
        for (index, name) in try institutions.enumerated() {
            addresses[name.text] = ServiceAddress(host: "127.0.0.1", port: Self.firstWirePort + index)
        }
    }

    /// The first of the ports at which institutions listen for each other, unless the configuration says otherwise.
    public static let firstWirePort = 24800

    /// Every institution of the nation, the central ones first.
    public var institutions: [InstitutionID] {
        get throws {
            let central: [InstitutionID] = [.numberAuthority, .cardOffice, .jpki, .linkageCore, .portal]
            let local = try municipalities.flatMap { entry in
                let body = AgencyBody(entry.code)
                return try [
                    .residentRegistry(entry.code), .agencyRegister(body), .agencyGateway(body),
                ] as [InstitutionID]
            }
            return try central + local + bodies.flatMap { try [.agencyRegister($0.body), .agencyGateway($0.body)] }
        }
    }
}

/// A municipality of the nation.
public struct MunicipalityEntry: Codable, Sendable, Equatable {
    /// 全国地方公共団体コード.
    public var code: MunicipalityCode
    /// The name in Japanese.
    public var nameJapanese: String
    /// The name in English.
    public var nameEnglish: String
    /// As certificates and revocation lists write them: `Shibuya-ku`, `Tokyo-to`.
    public var romanName: String
    /// Its prefecture, as certificates write it.
    public var romanPrefecture: String
    /// The kinds of information that its gateway answers about.
    public var kinds: [InformationKindID]

    /// Takes the values as they are.
    public init(
        code: MunicipalityCode, nameJapanese: String, nameEnglish: String, romanName: String, romanPrefecture: String,
        kinds: [InformationKindID]
    ) {
        self.code = code
        self.nameJapanese = nameJapanese
        self.nameEnglish = nameEnglish
        self.romanName = romanName
        self.romanPrefecture = romanPrefecture
        self.kinds = kinds
    }
}

/// An agency that is no municipality, for example the pension body.
public struct BodyEntry: Codable, Sendable, Equatable {
    /// Which agency it is.
    public var body: AgencyBody
    /// The name in Japanese.
    public var nameJapanese: String
    /// The name in English.
    public var nameEnglish: String
    /// The kinds of information that its gateway answers about.
    public var kinds: [InformationKindID]
    /// What is wrong with its gateway, for who wants to see it.
    public var fault: NeighbourFault?

    /// Takes the values as they are.
    public init(
        body: AgencyBody, nameJapanese: String, nameEnglish: String, kinds: [InformationKindID],
        fault: NeighbourFault? = nil
    ) {
        self.body = body
        self.nameJapanese = nameJapanese
        self.nameEnglish = nameEnglish
        self.kinds = kinds
        self.fault = fault
    }
}

/// Where the portal's pages are.
public struct PortalAddress: Codable, Sendable, Equatable {
    /// A host name.
    public var host: String
    /// A port.
    public var port: Int

    /// Takes the values as they are.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Scheme, host and port as browsers write an origin.
    public var origin: String { port == 80 ? "http://\(host)" : "http://\(host):\(port)" }
}
