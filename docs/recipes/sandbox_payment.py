"""Plays a 3-D payment at Param against the sandbox: a signed return, a lost answer, a refund of a part."""

import base64
import hashlib
import hmac
import json
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from http.client import RemoteDisconnected
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ROOT = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:4747"
ORDER, KEY, TOTAL = "SIP-1", "KV-1", "250,00"
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


def signature(*values):
    """Signs as Param does: SHA-1 over ISO-8859-9 of the values with nothing between them, in base64."""
    return base64.b64encode(hashlib.sha1("".join(values).encode("iso-8859-9")).digest()).decode()


class Shop(BaseHTTPRequestHandler):
    """Keeps the forms that the customer's browser brings back."""

    forms = []

    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        Shop.forms.append((self.path, dict(urllib.parse.parse_qsl(text, keep_blank_values=True))))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Param:
    """Calls Param with the login of a world."""

    def __init__(self, world):
        self.services, self.login = world["services"]["param"], world["logins"]["param"]

    def call(self, service, operation, fields):
        """Returns the names and values of an answer in their order; a refusal is an error."""
        def elements(pairs):
            return "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in pairs.items())
        login = {name: self.login[name.lower()] for name in ("CLIENT_CODE", "CLIENT_USERNAME", "CLIENT_PASSWORD")}
        envelope = ('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
                    f'<{operation} xmlns="https://turkpos.com.tr/"><G>{elements(login)}</G>{elements(fields)}'
                    f"</{operation}></s:Body></s:Envelope>")
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"https://turkpos.com.tr/{operation}"'}
        request = urllib.request.Request(self.services[service], envelope.encode(), headers)
        with opener.open(request, timeout=30) as answer:
            root = ElementTree.fromstring(answer.read())
        values = [(element.tag.split("}")[-1], (element.text or "").strip()) for element in root.iter()]
        if int(dict(values)["Sonuc"]) <= 0:
            raise SystemExit(f"{operation}: {dict(values)}")
        return values


def entries(param, payment):
    """Returns the keys of a payment's entries."""
    rows = param.call("marketplace", "Pazaryeri_TP_Islem_Sorgulama", {
        "ETS_GUID": param.login["marketplace_guid"], "GUID_AltUyeIsyeri": "", "PYSiparis_GUID": "",
        "SanalPOS_Islem_ID": payment, "Tarih_Bas": "", "Tarih_Bit": ""})
    return [value for name, value in rows if name == "PYSiparis_GUID" and value]


def pay(param, world, shop):
    """Starts a payment by 3D Pay, lets the customer approve it, and returns its number."""
    code, guid = param.login["client_code"], param.login["guid"]
    failed, paid = f"{shop}/failed", f"{shop}/paid"
    started = dict(param.call("payments", "Pos_Odeme", {
        "GUID": guid, "KK_Sahibi": "Ayşe Deneme", "KK_No": "4546711234567894", "KK_SK_Ay": "12",
        "KK_SK_Yil": "2030", "KK_CVC": "000", "KK_Sahibi_GSM": "", "Hata_URL": failed, "Basarili_URL": paid,
        "Siparis_ID": ORDER, "Siparis_Aciklama": "", "Taksit": 1, "Islem_Tutar": TOTAL, "Toplam_Tutar": TOTAL,
        "Islem_Hash": signature(code, guid, "1", TOTAL, TOTAL, ORDER, failed, paid), "Islem_Guvenlik_Tip": "3D",
        "Islem_ID": KEY, "IPAdr": "192.0.2.7", "Ref_URL": "", **{f"Data{number}": "" for number in range(1, 11)}}))
    # A shop sends the browser to `UCD_URL`.
    control("POST", f"{world}/steps", {"provider": "param", "step": "customer", "page": ORDER, "does": "approve"})
    control("GET", f"{world}/wait?for=callback&provider=param&kind=return")
    path, form = Shop.forms.pop()
    form = {name.removeprefix("TURKPOS_RETVAL_"): value for name, value in form.items()}
    signed = signature(code, guid, *(form[name] for name in ("Dekont_ID", "Tahsilat_Tutari", "Siparis_ID", "Islem_ID")))
    good = hmac.compare_digest(signed, form["Hash"])
    # The result and the payment's number are not signed, so they are compared.
    good = good and path == "/paid" and int(form["Sonuc"]) > 0 and int(form["Dekont_ID"]) > 0
    good = good and (form["Islem_ID"], form["Tahsilat_Tutari"]) == (KEY, TOTAL)
    good = good and form["SanalPOS_Islem_ID"] == started["Islem_ID"]
    status = dict(param.call("payments", "TP_Islem_Sorgulama4", {
        "GUID": guid, "Dekont_ID": "", "Siparis_ID": "", "Islem_ID": KEY}))
    print("the return is signed, and the query says:", status["Durum"])
    if not good or status["Durum"] != "SUCCESS":
        raise SystemExit(f"not paid: {path} {form}")
    return started["Islem_ID"]


def play(shop):
    name = control("POST", "worlds", {"manual": "2026-11-30T10:00:00+03:00"})["name"]
    world = f"worlds/{name}"
    param = Param(control("GET", world))
    marketplace = param.login["marketplace_guid"]
    seller = dict(param.call("marketplace", "Pazaryeri_TP_AltUyeIsyeri_Ekleme", {
        "ETS_GUID": marketplace, "Tip": 1, "Ad_Soyad": "Ayşe Işık", "Unvan": "Ayşe Işık", "TC_VN": "10000000146",
        "Kisi_DogumTarihi": "29.02.1988", "GSM_No": "5550000001", "IBAN_No": "TR330006100519786457841326",
        "IBAN_Unvan": "Ayşe Işık", "Adres": "Deneme Sokak 1", "Il": 34, "Ilce": 1104, "EPosta": "ayse@example.com",
        "Website": "", "MCC_Kod": "", "Yetkili_Kisi_TC": "", "Yetkili_Kisi_DogumTarihi": "", "Vergi_Daire": "",
        "Bagli_Olunan_Hesap": ""}))["GUID_AltUyeIsyeri"]
    payment = pay(param, world, shop)

    control("POST", f"{world}/faults", {
        "provider": "param", "operation": "Pazaryeri_TP_Siparis_Detay_Ekle", "fault": "answer_lost"})
    before = entries(param, payment)
    try:
        param.call("marketplace", "Pazaryeri_TP_Siparis_Detay_Ekle", {
            "ETS_GUID": marketplace, "Tutar_Urun": "150,00", "Tutar_Odenecek": "135,00",
            "SanalPOS_Islem_ID": payment, "GUID_AltUyeIsyeri": seller})
    except (RemoteDisconnected, ConnectionResetError):
        # Never sent again: a second one would be a second entry.
        print("the answer to the entry is lost")
    new = [entry for entry in entries(param, payment) if entry not in before]
    print("new entries in the query:", len(new))

    # The seller is paid; the day after, a part goes back.
    param.call("marketplace", "Pazaryeri_TP_Siparis_Onay", {"PYSiparis_GUID": new[0], "Durum": 1})
    control("POST", f"{world}/clock", {"to": "istanbul_midnight"})
    param.call("marketplace", "Pazaryeri_TP_Iptal_Iade", {
        "PYSiparis_GUID": new[0], "GUID": param.login["guid"], "Durum": "IADE", "Siparis_ID": ORDER,
        "SiparisTutar": 50, "OdenecekTutar": 85})
    state = control("GET", f"{world}/states/param")[ORDER]
    print("the payment is", state)
    # 409, and so an error, when the fault was never met.
    control("DELETE", world)
    return len(new) == 1 and state == "partly_refunded"


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    is_good = play(f"http://127.0.0.1:{server.server_port}")
    print("good" if is_good else "WRONG")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
