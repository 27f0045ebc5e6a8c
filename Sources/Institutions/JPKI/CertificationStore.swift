import Contracts
import PKI
public import PortableSQL
import Values

/// The service's tables and statements.
public enum CertificationStore {
    /// The schema, oldest first.
    public static let migrations: [Migration] = [
        .messaging,
        Migration(
            "jpki 1",
            """
            CREATE TABLE issued_certificate (
              purpose text NOT NULL CHECK (purpose IN ('userAuthentication', 'digitalSignature')),
              serial bytes NOT NULL CHECK (length(serial) <= 20),
              order_key text NOT NULL UNIQUE,
              public_key bytes NOT NULL UNIQUE,
              municipality text NOT NULL,
              tbs bytes NOT NULL,
              certificate bytes,
              prepared_at time NOT NULL,
              revoked_at time,
              revocation_reason int64 CHECK (revocation_reason BETWEEN 0 AND 6),
              PRIMARY KEY (purpose, serial),
              CHECK ((revoked_at IS NULL) = (revocation_reason IS NULL))
            ) unordered;
            """),
    ]
}

/// A certificate as recorded: before signing without ``certificate``, then with it.
struct IssuedCertificate: Sendable {
    let purpose: CertificatePurpose
    let serial: CertificateSerial
    let publicKey: [UInt8]
    let municipality: MunicipalityCode
    let tbs: [UInt8]
    let certificate: [UInt8]?
}

extension SQLReading {
    func certificate(orderedUnder key: String) throws -> IssuedCertificate? {
        try row(
            """
            SELECT purpose, serial, public_key, municipality, tbs, certificate FROM issued_certificate
            WHERE order_key = $1
            """, key
        ).map(IssuedCertificate.init)
    }

    /// Whether a key has a certificate already, or one is being made.
    func isCertified(_ publicKey: [UInt8]) throws -> Bool {
        try row("SELECT 1 AS found FROM issued_certificate WHERE public_key = $1", publicKey) != nil
    }

    /// Whether a serial was given before under the authority of this purpose.
    func isUsed(_ serial: CertificateSerial, _ purpose: CertificatePurpose) throws -> Bool {
        try row(
            "SELECT 1 AS found FROM issued_certificate WHERE purpose = $1 AND serial = $2", purpose.rawValue,
            serial.bytes) != nil
    }

    /// The state of a certificate that was signed; nil when there is none of this serial.
    func status(of serial: CertificateSerial, _ purpose: CertificatePurpose) throws -> CertificateStatus? {
        try row(
            """
            SELECT revoked_at, revocation_reason FROM issued_certificate
            WHERE purpose = $1 AND serial = $2 AND certificate IS NOT NULL
            """, purpose.rawValue, serial.bytes
        ).map { row in
            guard let at = try row.optionalInteger("revoked_at"), let number = try row.optionalInt("revocation_reason")
            else { return .good }
            guard let reason = PKI.RevocationReason(rawValue: number) else { throw CertificationError.damagedRecord }
            return .revoked(at: Instant(microseconds: at).date, reason: reason)
        }
    }
}

extension SQLWriter {
    func insert(_ certificate: IssuedCertificate, orderedUnder key: String, at now: Instant) throws {
        try execute(
            """
            INSERT INTO issued_certificate (purpose, serial, order_key, public_key, municipality, tbs, prepared_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            certificate.purpose.rawValue, certificate.serial.bytes, key, certificate.publicKey,
            certificate.municipality.text, certificate.tbs, now.microseconds)
    }

    func setCertificate(_ der: [UInt8], of serial: CertificateSerial, _ purpose: CertificatePurpose) throws {
        try execute(
            """
            UPDATE issued_certificate SET certificate = $1 WHERE purpose = $2 AND serial = $3 AND certificate IS NULL
            """, der, purpose.rawValue, serial.bytes)
    }

    /// False when there is no such certificate that is not revoked.
    func revoke(
        _ serial: CertificateSerial, _ purpose: CertificatePurpose, _ reason: Contracts.RevocationReason,
        at now: Instant
    ) throws -> Bool {
        try execute(
            """
            UPDATE issued_certificate SET revoked_at = $1, revocation_reason = $2
            WHERE purpose = $3 AND serial = $4 AND revoked_at IS NULL
            """, now.microseconds, reason.rawValue, purpose.rawValue, serial.bytes) == 1
    }
}

extension IssuedCertificate {
    fileprivate init(_ row: SQLRow) throws {
        guard let purpose = try CertificatePurpose(rawValue: row.text("purpose")) else {
            throw CertificationError.damagedRecord
        }
        self.purpose = purpose
        serial = try CertificateSerial(bytes: row.bytes("serial"))
        publicKey = try row.bytes("public_key")
        municipality = try MunicipalityCode(row.text("municipality"))
        tbs = try row.bytes("tbs")
        certificate = try row.optionalBytes("certificate")
    }
}
