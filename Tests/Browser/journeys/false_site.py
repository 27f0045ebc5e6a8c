"""A site of an attacker on this machine: serves what it is told to, and remembers what was asked."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature


class FalseSite:
    """At `http://portal-login.localhost:PORT` and `http://127.0.0.1:PORT`, until the end of the `with` block."""

    def __init__(self):
        self.pages, self.asked = {}, []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self.server.server_port
        self.other_site = f"http://portal-login.localhost:{self.port}"
        self.same_machine = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def serve(self, path, body, kind="text/html; charset=utf-8"):
        self.pages[path] = (body.encode(), kind)

    def _handler(site):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append(self.path)
                body, kind = site.pages.get(self.path, (b"", None))
                self.send_response(200 if kind else 404)
                self.send_header("Content-Type", kind or "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                site.asked.append(self.path)
                self.send_error(404)

            def log_message(self, *_):
                pass

        return Handler


def form(target, fields):
    """A page that sends a form as soon as it is opened."""
    inputs = "".join(f"<input name='{name}' value='{value}'>" for name, value in fields.items())
    return f"<form id=f method=post action='{target}'>{inputs}</form><script>f.submit()</script>"


def frame(target):
    return f"<h1>Win a prize</h1><iframe width=900 height=600 src='{target}'></iframe>"


def payload(token):
    """What a signed token says."""
    return json.loads(_bytes(token.split(".")[1]))


def signed_by_nobody(token, **changes):
    """The same token with some fields changed, under a key that no register knows."""
    content = payload(token) | changes
    signed = token.split(".")[0] + "." + _text(json.dumps(content).encode())
    signature = ec.generate_private_key(ec.SECP256R1()).sign(signed.encode(), ec.ECDSA(hashes.SHA256()))
    numbers = decode_dss_signature(signature)
    return signed + "." + _text(b"".join(number.to_bytes(32, "big") for number in numbers))


def _bytes(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
