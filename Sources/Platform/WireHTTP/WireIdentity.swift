import NIOSSL

/// What a process needs to speak as one service: its certificate, its key, and the authority that it believes.
///
/// Secret: redacts itself.
public struct WireIdentity: Sendable, CustomStringConvertible, CustomReflectable {
    let certificates: [NIOSSLCertificate]
    let key: NIOSSLPrivateKey
    let authorities: [NIOSSLCertificate]

    /// - Parameters:
    ///   - certificate: PEM of the service's certificate, then any intermediate ones.
    ///   - key: PEM of its private key.
    ///   - authority: PEM of the authority of all services.
    /// - Throws: NIOSSL's error when a PEM text is not what it should be.
    public init(certificate: String, key: String, authority: String) throws {
        certificates = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8))
        self.key = try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)
        authorities = try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8))
    }

    /// TLS 1.3, both sides certified.
    var server: TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.trustRoots = .certificates(authorities)
        configuration.certificateVerification = .noHostnameVerification
        configuration.minimumTLSVersion = .tlsv13
        return configuration
    }

    /// TLS 1.3; the server's certificate must name the service that is called.
    var client: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateChain = certificates.map { .certificate($0) }
        configuration.privateKey = .privateKey(key)
        configuration.trustRoots = .certificates(authorities)
        configuration.certificateVerification = .fullVerification
        configuration.minimumTLSVersion = .tlsv13
        return configuration
    }

    public var description: String { "WireIdentity(redacted)" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// How services are named in certificates and addresses.
public struct WireNaming: Sendable {
    /// The URI in a certificate's subject alternative names is this and the service's name.
    public let uriPrefix: String
    /// The DNS name in a certificate is the service's name and this.
    public let domain: String

    /// Names of that form.
    public init(uriPrefix: String, domain: String) {
        self.uriPrefix = uriPrefix
        self.domain = domain
    }
}
