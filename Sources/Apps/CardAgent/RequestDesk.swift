import Synchronization
import Web

/// The one request on screen. A newer one takes its place, and the older one's pages then say so.
final class RequestDesk: Sendable {
    private let current = Mutex<OpenRequest?>(nil)

    /// Puts a request on screen.
    func open(_ request: CheckedRequest, reference: LoginReference, portal: PortalAddress) -> RequestID {
        var generator = SystemRandomNumberGenerator()
        let secret = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let opened = OpenRequest(request, reference: reference, portal: portal, secret: secret)
        current.withLock { $0 = opened }
        return opened.id
    }

    /// The token for the forms of the request on screen; no other form is taken.
    var formToken: FormToken? { current.withLock { $0?.formToken } }

    /// The request of a page. Throws `replaced` when it is not on screen any more.
    func request(_ id: RequestID) throws(AgentError) -> OpenRequest { try change(id) { $0 } }

    /// One event of the request of a page. Throws `replaced`.
    func change<Result: Sendable>(
        _ id: RequestID, _ event: (inout OpenRequest) -> Result
    ) throws(AgentError) -> Result {
        let result: Result? = current.withLock { current in
            guard var request = current, request.id == id else { return nil }
            let result = event(&request)
            current = request
            return result
        }
        guard let result else { throw .replaced }
        return result
    }
}
