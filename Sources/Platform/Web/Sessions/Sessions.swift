public import Hummingbird

/// The sessions of a site: begun at login, ended at logout or by time.
public struct Sessions: Sendable {
    private let store: any SessionStore
    private let limits: SessionLimits
    private let clock: @Sendable () -> Int64
    /// The session cookie, `__Host-session`.
    public let cookie = HostCookie("session")

    /// Sessions in a store, under limits, by a clock that tells microseconds since 1970 UTC.
    public init(
        store: any SessionStore, limits: SessionLimits = SessionLimits(), clock: @escaping @Sendable () -> Int64
    ) {
        self.store = store
        self.limits = limits
        self.clock = clock
    }

    /// Begins a session under a new secret. The one it replaces ends: what was known before the login is worth nothing.
    /// Throws what the store throws.
    public func begin(data: [UInt8], replacing old: Session?) async throws -> Session {
        let secret = BrowserSecret.random()
        let now = clock()
        let record = SessionRecord(
            secretDigest: secret.digest, data: data, beganAt: now, seenAt: now,
            endsAt: now + limits.absoluteSeconds * 1_000_000)
        let idle = now - limits.idleSeconds * 1_000_000
        try await store.insert(record, replacing: old?.secret.digest, removingIdleSince: idle)
        return session(record, secret, seenAt: now)
    }

    /// The live session of the browser that sent a request, noted as seen now. A session that is over is removed.
    /// Throws what the store throws.
    public func find(in request: Request) async throws -> Session? {
        guard let secret = cookie.secret(in: request) else { return nil }
        let digest = secret.digest
        guard let record = try await store.find(digest) else { return nil }
        let now = clock()
        guard record.isLive(at: now, limits) else {
            try await store.remove(digest)
            return nil
        }
        let isNoted = now - record.seenAt < noteInterval
        if !isNoted { try await store.touch(digest, at: now) }
        return session(record, secret, seenAt: isNoted ? record.seenAt : now)
    }

    /// Replaces the app's bytes in a session; `nil` if it has ended meanwhile. Throws what the store throws.
    public func update(_ session: Session, data: [UInt8]) async throws -> Session? {
        guard try await store.replaceData(session.secret.digest, with: data) else { return nil }
        return Session(
            secret: session.secret, data: data, beganAt: session.beganAt, endsAt: session.endsAt,
            idleAt: session.idleAt, idleSeconds: session.idleSeconds)
    }

    /// Ends a session at once (logout). Throws what the store throws.
    public func end(_ session: Session) async throws {
        try await store.remove(session.secret.digest)
    }

    /// How often a busy session is written to the store: a thirtieth of the idle limit, by which it may end early.
    private var noteInterval: Int64 { limits.idleSeconds * 1_000_000 / 30 }

    private func session(_ record: SessionRecord, _ secret: BrowserSecret, seenAt: Int64) -> Session {
        Session(
            secret: secret, data: record.data, beganAt: record.beganAt, endsAt: record.endsAt,
            idleAt: min(record.endsAt, seenAt + limits.idleSeconds * 1_000_000), idleSeconds: limits.idleSeconds)
    }
}

extension Response {
    /// Gives the browser its session cookie.
    public mutating func setSession(_ session: Session, of sessions: Sessions) {
        sessions.cookie.set(session.secret, on: &self)
    }

    /// Takes the session cookie from the browser.
    public mutating func clearSession(of sessions: Sessions) {
        sessions.cookie.clear(on: &self)
    }
}
