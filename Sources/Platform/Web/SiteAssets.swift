import Crypto
import HTTPTypes
import Hummingbird

/// The files that pages load, compiled into the program. Each is named by its content, so it may be kept for a year.
struct SiteAssets: Sendable {
    static let stylesheet = SiteAssets(
        PackageResources.pages_css, name: "pages", type: "css", media: "text/css; charset=utf-8")
    static let icon = SiteAssets(PackageResources.icon_svg, name: "icon", type: "svg", media: "image/svg+xml")

    let bytes: [UInt8]
    let path: String
    private let media: String

    private init(_ bytes: [UInt8], name: String, type: String, media: String) {
        self.bytes = bytes
        self.media = media
        let digest = Base64URL.encode(Array(SHA256.hash(data: bytes).prefix(9)))
        path = "/assets/\(name)-\(digest).\(type)"
    }

    /// Serves them all.
    static func serve(on router: Router<PageContext>) {
        for asset in [stylesheet, icon] {
            router.get(RouterPath(asset.path)) { _, _ in
                Response(
                    status: .ok,
                    headers: [.contentType: asset.media, .cacheControl: "public, max-age=31536000, immutable"],
                    body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
            }
        }
    }
}
