/// A live session (セッション) of one browser.
public struct Session: Sendable {
    /// The secret in the browser's cookie; the store has only its digest.
    public let secret: BrowserSecret
    /// What the app keeps in the session; opaque here.
    public let data: [UInt8]
    /// When the session began, in microseconds since 1970 UTC.
    public let beganAt: Int64
    /// When it ends however busy it is, in microseconds since 1970 UTC.
    public let endsAt: Int64
    /// When it ends if nothing more is requested, in microseconds since 1970 UTC.
    public let idleAt: Int64
    /// Seconds without a request after which it ends; every page of the session says so.
    public let idleSeconds: Int64

    /// The token for the forms that this session is shown.
    public var formToken: FormToken { secret.formToken }
}

/// How long sessions last.
public struct SessionLimits: Sendable {
    /// Seconds without a request after which a session is over.
    public let idleSeconds: Int64
    /// Seconds after which a session is over however busy it is.
    public let absoluteSeconds: Int64

    /// Limits; 15 minutes idle and 8 hours in all unless told otherwise.
    public init(idleSeconds: Int64 = 15 * 60, absoluteSeconds: Int64 = 8 * 60 * 60) {
        self.idleSeconds = idleSeconds
        self.absoluteSeconds = absoluteSeconds
    }
}

/// One stored session. Times are microseconds since 1970 UTC.
public struct SessionRecord: Sendable {
    /// SHA-256 of the browser's secret.
    public let secretDigest: [UInt8]
    /// The app's bytes.
    public let data: [UInt8]
    /// When the session began.
    public let beganAt: Int64
    /// When its last request was noted.
    public let seenAt: Int64
    /// When it ends however busy it is.
    public let endsAt: Int64

    /// A record.
    public init(secretDigest: [UInt8], data: [UInt8], beganAt: Int64, seenAt: Int64, endsAt: Int64) {
        self.secretDigest = secretDigest
        self.data = data
        self.beganAt = beganAt
        self.seenAt = seenAt
        self.endsAt = endsAt
    }

    /// Whether the session still lives.
    func isLive(at now: Int64, _ limits: SessionLimits) -> Bool {
        now < endsAt && now < seenAt + limits.idleSeconds * 1_000_000
    }
}

extension Session: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Session(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension SessionRecord: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "SessionRecord(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Where sessions are kept.
public protocol SessionStore: Sendable {
    /// Adds a session, removes the one it replaces and those that are over, in one transaction.
    func insert(_ record: SessionRecord, replacing old: [UInt8]?, removingIdleSince idle: Int64) async throws
    /// The session stored under a digest, over or not.
    func find(_ secretDigest: [UInt8]) async throws -> SessionRecord?
    /// Notes a request; does nothing if the session is gone or was noted later.
    func touch(_ secretDigest: [UInt8], at now: Int64) async throws
    /// Replaces the app's bytes; `false` if the session is gone.
    func replaceData(_ secretDigest: [UInt8], with data: [UInt8]) async throws -> Bool
    /// Removes a session.
    func remove(_ secretDigest: [UInt8]) async throws
}
