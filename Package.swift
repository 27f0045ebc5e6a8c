// swift-tools-version: 6.2
// The floor plan: each target is one room; a room may import only what its line names.
import PackageDescription

// MARK: - Walls

/// What every target of ours is compiled with.
let walls: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

/// A library target under `Sources/<floor>/<name>`.
func room(
    _ name: String, on floor: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    let path = "Sources/\(floor)/\(name)"
    return .target(
        name: name, dependencies: dependencies, path: path,
        exclude: ["README.md"], resources: resources, swiftSettings: walls)
}

/// A test target under `Tests/<name>`.
func suite(_ name: String, _ dependencies: [Target.Dependency], besides: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: besides, swiftSettings: walls)
}

/// A C library from the system, as a module.
func system(_ name: String, _ pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, path: "Sources/Platform/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// What a room carries in its program.
let stylesheets: [Resource] = [.embedInCode("Resources")]
/// What lies in a suite's folder for its tests to read or run.
let snapshots = ["Snapshots"]
let scripts = ["journeys"]

// MARK: - Packages

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let jwtKit = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let swiftCSV = Target.Dependency.product(name: "SwiftCSV", package: "SwiftCSV")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")

var targets: [Target] = []

// MARK: - Platform: not one word of the domain

targets += [
    system("CPostgreSQL", "libpq", apt: "libpq-dev"),
    system("CSodium", "libsodium", apt: "libsodium-dev"),
    // One SQL for SQLite and PostgreSQL: migrations, grouped writes, outbox, inbox.
    room("PortableSQL", on: "Platform"),
    room("SQLiteDriver", on: "Platform", ["PortableSQL", grdb]),
    room("PostgresDriver", on: "Platform", ["PortableSQL", "CPostgreSQL"]),
    // Typed endpoints between institutions, in process.
    room("Wire", on: "Platform", ["PortableSQL", crypto, logging]),
    // The same endpoints over mutual TLS.
    room("WireHTTP", on: "Platform", ["Wire", hummingbird, hummingbirdTLS, asyncHTTPClient, httpTypes, nioCore, nioHTTP1, nioSSL, x509, asn1, serviceLifecycle, logging]),
    // HTML kit, sessions, headers, forms, two-language catalogue.
    room("Web", on: "Platform", ["PortableSQL", hummingbird, httpTypes, nioCore, crypto, logging], resources: stylesheets),
    // Merkle log of commitments: tiles, checkpoints, proofs.
    room("VerifiableLog", on: "Platform", ["PortableSQL", crypto]),
]

// MARK: - Values

targets += [
    // Dates and Japanese eras, names, addresses, codes, identifiers.
    room("Values", on: "Values"),
    // The Individual Number, and nothing else.
    room("NumberValues", on: "Values", ["Values"]),
]

// MARK: - Trust

targets += [
    // Certificates' profiles, CRL, OCSP, CMS on swift-certificates.
    room("PKI", on: "Trust", [x509, asn1, crypto, cryptoExtras]),
    // What a relying party needs to accept a card's signature.
    room("JPKIValidation", on: "Trust", ["PKI", "Values", x509, asn1, crypto]),
    // A person's code at each institution: elements of ristretto255.
    room("PersonCodes", on: "Trust", ["CSodium", crypto]),
    // Institutions' keys, key statements, JWS and sealed contents.
    room("InstitutionKeys", on: "Trust", ["Values", jwtKit, crypto]),
    // The chip: APDU in, APDU out.
    room("CardChip", on: "Trust", ["NumberValues", "Values", crypto, cryptoExtras]),
    // The terminal's side of the chip.
    room("CardReader", on: "Trust", ["CardChip", "NumberValues", "Values", crypto]),
]

// MARK: - Institutions

targets += [
    // What institutions ask each other: no word of the number.
    room("Contracts", on: "Institutions", ["Wire", "Values", "InstitutionKeys", "PersonCodes", "JPKIValidation"]),
    // The contracts that carry the number.
    room("NumberContracts", on: "Institutions", ["Wire", "Values", "NumberValues", "Contracts"]),
    room("ResidentRegistry", on: "Institutions", ["PortableSQL", "Wire", "Values", "NumberValues", "Contracts", "NumberContracts", logging]),
    room("NumberAuthority", on: "Institutions", ["PortableSQL", "Wire", "Values", "NumberValues", "Contracts", "NumberContracts", "PersonCodes", "JPKIValidation", "InstitutionKeys", crypto, logging]),
    room("CardOffice", on: "Institutions", ["PortableSQL", "Wire", "Values", "NumberValues", "Contracts", "NumberContracts", "CardChip", crypto, logging]),
    room("AgencyRegister", on: "Institutions", ["PortableSQL", "Wire", "Values", "NumberValues", "Contracts", "NumberContracts", crypto, logging]),
    room("JPKI", on: "Institutions", ["PortableSQL", "Wire", "Values", "Contracts", "PKI", x509, asn1, crypto, logging]),
    room("AgencyGateway", on: "Institutions", ["PortableSQL", "Wire", "Values", "Contracts", "InstitutionKeys", "PersonCodes", "VerifiableLog", crypto, logging]),
    room("LinkageCore", on: "Institutions", ["PortableSQL", "Wire", "Values", "Contracts", "InstitutionKeys", "PersonCodes", "VerifiableLog", crypto, logging]),
    room("Portal", on: "Institutions", ["PortableSQL", "Wire", "Values", "Contracts", "InstitutionKeys", "JPKIValidation", "PersonCodes", "VerifiableLog", crypto, logging]),
]

// MARK: - Apps: what people touch

targets += [
    room("PortalWeb", on: "Apps", ["Portal", "Contracts", "InstitutionKeys", "PortableSQL", "VerifiableLog", "Web", "Values", "Wire", hummingbird, httpTypes, nioCore, logging]),
    room("CardAgent", on: "Apps", ["CardChip", "CardReader", "Contracts", "JPKIValidation", "InstitutionKeys", "Web", "Values", hummingbird, httpTypes, asyncHTTPClient, nioCore, nioHTTP1, logging]),
]

// MARK: - Nation: the composition root

let institutions: [Target.Dependency] = [
    "ResidentRegistry", "NumberAuthority", "CardOffice", "AgencyRegister", "JPKI", "AgencyGateway", "LinkageCore", "Portal",
]
targets += [
    room("Nation", on: "Nation", institutions + [
        "Contracts", "NumberContracts", "PortableSQL", "SQLiteDriver", "PostgresDriver", "Wire", "WireHTTP", "Web", "PortalWeb",
        "InstitutionKeys", "PKI", "JPKIValidation", "PersonCodes", "VerifiableLog", "Values", "CardChip", hummingbird, x509, asn1, crypto, serviceLifecycle, unixSignals, logging,
    ]),
    // Two fictional municipalities, a pension body and the personas.
    room("DemoNation", on: "Nation", institutions + ["Nation", "Contracts", "Values", "NumberValues", "CardChip", "CardReader", logging]),
]

// MARK: - Executables

let executables: [Target] = [
    .executableTarget(name: "madoguchi", dependencies: ["Nation", "DemoNation", "VerifiableLog", "CardChip", "CardReader", "Values", "Wire", argumentParser, logging], path: "Sources/madoguchi", swiftSettings: walls),
    .executableTarget(name: "madoguchi-agent", dependencies: ["CardAgent", argumentParser, logging], path: "Sources/madoguchi-agent", swiftSettings: walls),
    .executableTarget(name: "bench", dependencies: ["Nation", "DemoNation", "Portal", "PortableSQL", "Contracts", "InstitutionKeys", "JPKIValidation", "CardChip", "CardReader", "Values", crypto, argumentParser, logging], path: "Sources/bench", swiftSettings: walls),
]
targets += executables

// MARK: - Tests

targets += [
    .target(name: "TestSupport", dependencies: ["PortableSQL", "SQLiteDriver", "PostgresDriver", "Wire", logging], path: "Tests/Support", swiftSettings: walls),
    suite("ValuesTests", ["Values", "NumberValues", swiftCSV]),
    suite("PortableSQLTests", ["PortableSQL", "TestSupport"]),
    suite("WireTests", ["Wire", "WireHTTP", "PortableSQL", "TestSupport", x509, crypto, nioSSL, logging, asn1]),
    suite("WebTests", ["Web", "PortableSQL", "TestSupport", hummingbird, hummingbirdTesting, httpTypes, logging], besides: snapshots),
    suite("VerifiableLogTests", ["VerifiableLog", "PortableSQL", "TestSupport", crypto]),
    suite("PKITests", ["PKI", "JPKIValidation", "Values", x509, asn1, crypto, cryptoExtras]),
    suite("PersonCodesTests", ["PersonCodes", crypto]),
    suite("InstitutionKeysTests", ["InstitutionKeys", "Values", crypto, jwtKit]),
    suite("CardChipTests", ["CardChip", "CardReader", "NumberValues", "Values", crypto, cryptoExtras]),
    suite("ContractsTests", ["Contracts", "NumberContracts", "NumberValues", "Values", "Wire"]),
    suite("ResidentRegistryTests", ["ResidentRegistry", "NumberContracts", "Contracts", "PortableSQL", "Wire", "Values", "NumberValues", "TestSupport"]),
    suite("NumberAuthorityTests", ["NumberAuthority", "NumberContracts", "Contracts", "PersonCodes", "PortableSQL", "Wire", "Values", "NumberValues", "InstitutionKeys", "JPKIValidation", "PKI", "TestSupport", crypto, x509]),
    suite("CardOfficeTests", ["CardOffice", "NumberContracts", "Contracts", "CardChip", "PortableSQL", "Wire", "Values", "NumberValues", "TestSupport", crypto]),
    suite("AgencyRegisterTests", ["AgencyRegister", "NumberContracts", "Contracts", "PortableSQL", "Wire", "Values", "NumberValues", "TestSupport", crypto]),
    suite("JPKITests", ["JPKI", "Contracts", "PKI", "JPKIValidation", "PortableSQL", "Wire", "Values", "TestSupport", x509, asn1, crypto, cryptoExtras]),
    suite("AgencyGatewayTests", ["AgencyGateway", "LinkageCore", "Contracts", "InstitutionKeys", "PersonCodes", "VerifiableLog", "PortableSQL", "Wire", "Values", "TestSupport", crypto]),
    suite("LinkageCoreTests", ["LinkageCore", "Contracts", "InstitutionKeys", "PersonCodes", "VerifiableLog", "PortableSQL", "Wire", "Values", "TestSupport", crypto]),
    suite("PortalTests", ["Portal", "Contracts", "InstitutionKeys", "JPKIValidation", "PKI", "VerifiableLog", "PortableSQL", "Wire", "Values", "TestSupport", crypto, x509]),
    suite("PortalWebTests", ["PortalWeb", "Portal", "Web", "Contracts", "InstitutionKeys", "JPKIValidation", "PKI", "PersonCodes", "VerifiableLog", "PortableSQL", "Wire", "Values", "TestSupport", hummingbird, hummingbirdTesting, httpTypes, nioCore, crypto, x509, asn1, logging], besides: snapshots),
    suite("CardAgentTests", [
        "CardAgent", "CardReader", "CardChip", "Contracts", "InstitutionKeys", "JPKIValidation", "PKI", "Web", "Values", "TestSupport",
        hummingbird, httpTypes, asyncHTTPClient, nioCore, nioHTTP1, crypto, cryptoExtras, logging,
    ]),
    suite("NationTests", ["Nation", "DemoNation", "Contracts", "NumberContracts", "Values", "NumberValues", "PortableSQL", "Wire", "WireHTTP", "VerifiableLog", "TestSupport", "Portal", "PersonCodes", "InstitutionKeys", "JPKIValidation", "CardChip", "CardOffice", "CardReader", "ResidentRegistry", "AgencyRegister", "AgencyGateway", "LinkageCore", grdb, crypto, asyncHTTPClient, nioCore, nioHTTP1, logging]),
    suite("Browser", ["TestSupport"], besides: scripts),
    suite("Interop", ["TestSupport", "CardChip", "CardReader", "PKI"]),
    suite("Tidy", []),
]

// `MADOGUCHI_TESTS=PKITests,Tidy swift test` builds those suites only (SwiftPM builds every test target whatever the filter).
if let chosen = Context.environment["MADOGUCHI_TESTS"]?.split(separator: ",").map(String.init) {
    targets.removeAll { $0.type == .test && !chosen.contains($0.name) }
}

let package = Package(
    name: "madoguchi",
    products: [
        .library(name: "JPKIValidation", targets: ["JPKIValidation"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: targets,
    swiftLanguageModes: [.v6]
)
