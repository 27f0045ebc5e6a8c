/// A value that never shows itself: print, interpolation, `dump`, mirrors and debuggers get the type's name only.
///
/// Personal data and secrets conform. Secrets are not `Codable` besides.
public protocol Redacting: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Redacting {
    /// The type's name and the word "redacted".
    public var description: String { "\(Self.self)(redacted)" }

    /// The same as `description`.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:], displayStyle: .struct) }
}
