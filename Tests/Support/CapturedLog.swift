public import Logging
import Synchronization

/// Collects what loggers write, so that a test can look for what must not stand there.
public final class CapturedLog: Sendable {
    private let captured = Mutex<[String]>([])

    /// An empty log.
    public init() {}

    /// Every line so far: level, message and all metadata.
    public var lines: [String] { captured.withLock { $0 } }

    /// A logger of all levels that writes here.
    public func logger(_ label: String = "test") -> Logger {
        Logger(label: label) { _ in CapturingLogHandler(self) }
    }

    fileprivate func append(_ line: String) { captured.withLock { $0.append(line) } }
}

/// The handler behind `CapturedLog`.
public struct CapturingLogHandler: LogHandler {
    private let log: CapturedLog
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level = .trace
    public var metadataProvider: Logger.MetadataProvider?

    /// A handler that writes to `log`.
    public init(_ log: CapturedLog) { self.log = log }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var all = metadata.merging(metadataProvider?.get() ?? [:]) { $1 }
        all.merge(event.metadata ?? [:]) { $1 }
        let fields = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let error = event.error.map { " error: \($0)" } ?? ""
        log.append("\(event.level) \(event.message)\(fields)\(error)")
    }
}
