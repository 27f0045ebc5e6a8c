/// What a user certificate is for (利用者証明用, 署名用).
///
/// Source: 公的個人認証法 art. 3 and 22; facts: jpki §7.
public enum CertificatePurpose: String, Sendable, Hashable, Codable, CaseIterable {
    /// 利用者証明用電子証明書: says who is logging in, carries no name.
    case userAuthentication
    /// 署名用電子証明書: signs documents, carries the four items.
    case digitalSignature
}

/// A municipality as romanised in names of certificates (都道府県, 市区町村): Kanagawa-ken, Yokohama-shi-Naka-ku.
public struct MunicipalityScope: Sendable, Hashable, Codable {
    /// The prefecture, for example `Tokyo-to`.
    public let prefecture: String
    /// The municipality, for example `Shibuya-ku`.
    public let municipality: String

    /// Throws `invalidName` unless both are 1 to 64 ASCII letters and hyphens.
    public init(prefecture: String, municipality: String) throws(PKIError) {
        for text in [prefecture, municipality] {
            guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isLetterOrHyphen) else {
                throw PKIError(.invalidName, "a romanised name is letters and hyphens")
            }
        }
        self.prefecture = prefecture
        self.municipality = municipality
    }

    /// Decodes both names through the same check.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            prefecture: fields.decode(String.self, forKey: .prefecture),
            municipality: fields.decode(String.self, forKey: .municipality))
    }

    private enum CodingKeys: String, CodingKey { case prefecture, municipality }

    private static func isLetterOrHyphen(_ byte: UInt8) -> Bool {
        byte == 0x2D || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

/// The names, addresses and policies that a nation's two card CAs write into certificates.
///
/// The structure is that of the real profiles (facts: jpki §7); these words are configuration, so that the
/// certificates of a demonstration can never be taken for real ones.
public struct JPKINames: Sendable, Hashable, Codable {
    /// O of both CAs; `JPKI` is the real one, `JPKI-TEST` the demonstration's.
    public var organization: String
    /// The last OU of both CAs: the body that runs them.
    public var operatorUnit: String
    /// O of the alternative directory names, in Japanese (公的個人認証サービス).
    public var japaneseOrganization: String
    /// Address of the certification practice statement.
    public var cpsURL: String
    /// Address of the OCSP responder of the 利用者証明用 CA.
    public var authenticationOCSP: String
    /// Address of the OCSP responder of the 署名用 CA (not written into its certificates, as in the real profile).
    public var signatureOCSP: String
    /// Policy of 利用者証明用 certificates, dotted.
    public var authenticationPolicy: String
    /// Policy of 署名用 certificates, dotted.
    public var signaturePolicy: String

    /// Names of a nation of one's own; each string is taken as it is.
    public init(
        organization: String, operatorUnit: String, japaneseOrganization: String, cpsURL: String,
        authenticationOCSP: String, signatureOCSP: String, authenticationPolicy: String, signaturePolicy: String
    ) {
        self.organization = organization
        self.operatorUnit = operatorUnit
        self.japaneseOrganization = japaneseOrganization
        self.cpsURL = cpsURL
        self.authenticationOCSP = authenticationOCSP
        self.signatureOCSP = signatureOCSP
        self.authenticationPolicy = authenticationPolicy
        self.signaturePolicy = signaturePolicy
    }

    /// The demonstration's names. 1.2.392.200149.8.5.1.0.20 is the real test policy for signing (facts: jpki §7);
    /// the test policy for authentication is not public, `.0.30` follows its pattern.
    public static let demonstration = JPKINames(
        organization: "JPKI-TEST", operatorUnit: "Madoguchi Demonstration Nation",
        japaneseOrganization: "公的個人認証サービス(テスト)", cpsURL: "http://jpki.localhost/cps.html",
        authenticationOCSP: "http://ocspauth.jpki.localhost", signatureOCSP: "http://ocspsign.jpki.localhost",
        authenticationPolicy: "1.2.392.200149.8.5.1.0.30", signaturePolicy: "1.2.392.200149.8.5.1.0.20")

    /// The policy of certificates for `purpose`, dotted.
    public func policy(_ purpose: CertificatePurpose) -> String {
        purpose == .userAuthentication ? authenticationPolicy : signaturePolicy
    }

    /// The OCSP responder's address for certificates for `purpose`.
    public func ocspURL(_ purpose: CertificatePurpose) -> String {
        purpose == .userAuthentication ? authenticationOCSP : signatureOCSP
    }

    /// The CA's name: C (PrintableString), O, OU by purpose, OU of the operator (UTF8String), in that order.
    package func authority(_ purpose: CertificatePurpose) -> DirectoryName {
        DirectoryName(base(purpose) + [.init(Identifier.organizationalUnit, operatorUnit)])
    }

    /// The alternative name C=JP, O=公的個人認証サービス.
    package var alternative: DirectoryName {
        DirectoryName([country, .init(Identifier.organization, japaneseOrganization)])
    }

    /// The directory name of one municipality's CRL.
    package func distributionPoint(_ purpose: CertificatePurpose, _ scope: MunicipalityScope) -> DirectoryName {
        DirectoryName(
            base(purpose) + [
                .init(Identifier.organizationalUnit, "CRL Distribution Points"),
                .init(Identifier.organizationalUnit, scope.prefecture),
                .init(Identifier.commonName, scope.municipality + " CRLDP"),
            ])
    }

    package var country: DirectoryName.Part { .init(Identifier.country, "JP", .printable) }

    private func base(_ purpose: CertificatePurpose) -> [DirectoryName.Part] {
        let unit = purpose == .userAuthentication ? "JPKI for user authentication" : "JPKI for digital signature"
        return [
            country, .init(Identifier.organization, organization), .init(Identifier.organizationalUnit, unit),
        ]
    }
}
