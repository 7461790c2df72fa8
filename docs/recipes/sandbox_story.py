"""Plays an order at HASO against the sandbox: a lost answer, a callback that comes twice, one activation."""

import json
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.client import RemoteDisconnected
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ROOT = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:4747"
ORDER = "SIP-7"
# No proxy between two programs of one machine.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def control(method, path, body=None):
    """Asks the control API; an answer of 400 or above is an error."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{ROOT}/_sandbox/{path}", data, headers, method=method)
    try:
        with opener.open(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{method} {path}: {error.code} {error.read().decode()}")


def form(address, fields):
    """Posts a form, as a browser or a shop's server does."""
    data = urllib.parse.urlencode(fields).encode()
    with opener.open(address, data, timeout=30) as answer:
        return answer.read().decode()


class Shop(BaseHTTPRequestHandler):
    """Keeps what HASO posts, and answers each callback with 200, a repeated one too."""

    posts = []
    orders = {}

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        fields = urllib.parse.parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
        Shop.posts.append(self.path)
        if self.path == "/callback" and fields["Success"] == ["True"]:
            data = json.loads(fields["Data"][0])
            plan = json.loads(data["TransactionPayments"])
            # The second one finds the order there.
            Shop.orders.setdefault(plan["MerchantOid"], plan["TransactionCode"])
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def activate(haso, merchant, transaction):
    """Activates the order. After a lost answer it asks again, because HASO may or may not have done it."""
    fields = {"merchantId": merchant, "merchantOid": ORDER, "transactionCode": transaction}
    for attempt in range(1, 4):
        try:
            answer = json.loads(form(f"{haso}/Index/UpdateTransaction", fields))
            print(f"activation, attempt {attempt}: {answer['Success']}")
            return answer["Success"]
        except (RemoteDisconnected, ConnectionResetError):
            print(f"activation, attempt {attempt}: the answer is lost")
    return False


def play(shop):
    world = control("POST", "worlds", {})
    name, haso = world["name"], world["addresses"]["haso"]
    merchant = world["logins"]["haso"]["merchant"]
    control("POST", f"worlds/{name}/faults",
            {"provider": "haso", "operation": "UpdateTransaction", "fault": "answer_lost"})
    control("POST", f"worlds/{name}/callbacks/rules",
            {"provider": "haso", "kind": "callback", "how": "double"})

    token = json.loads(form(f"{haso}/Index/GetToken", {"merchantId": merchant}))["Data"]["token"]
    item = {"Id": "S-1", "Name": "Yatak", "Category": "Ev", "Brand": "", "Variant": "", "Variant2": "",
            "Url": "", "Image": "", "Quantity": 1, "Price": 50000}
    # A browser posts this form and follows the redirect to HASO's page.
    form(f"{haso}/ServletV2/Transaction", {
        "token": token, "orderAmount": "50000", "merchantId": merchant,
        "okUrl": f"{shop}/ok", "failUrl": f"{shop}/fail", "callbackUrl": f"{shop}/callback",
        "merchantOid": ORDER, "mobileNumber": "5550000000", "birthDate": "1988-02-29",
        "email": "n@example.com", "name": "Nilüfer", "surname": "Örnek", "tckn": "10000000146",
        "OrderItems": json.dumps([item]),
    })
    control("POST", f"worlds/{name}/steps",
            {"provider": "haso", "step": "complete", "order": ORDER, "installments": 3})
    control("GET", f"worlds/{name}/wait?for=callback&kind=callback&state=accepted")
    control("GET", f"worlds/{name}/wait?for=callback&kind=ok&state=accepted")
    print("posts to the shop:", ", ".join(sorted(Shop.posts)))

    activated = activate(haso, merchant, Shop.orders[ORDER])
    control("GET", f"worlds/{name}/wait?for=state&provider=haso&key={ORDER}&is=active")
    records = control("GET", f"worlds/{name}/calls?operation=UpdateTransaction")["records"]
    effects = [effect for record in records for effect in record["effects"]]
    print(f"calls of the shop: {len(records)}, activations at HASO: {len(effects)}")
    # 409, and so an error, when the fault or the rule was never met.
    control("DELETE", f"worlds/{name}")
    return activated and Shop.posts.count("/callback") == 2 and (len(records), len(effects)) == (2, 1)


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    is_good = play(f"http://127.0.0.1:{server.server_port}")
    print("good" if is_good else "WRONG")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
