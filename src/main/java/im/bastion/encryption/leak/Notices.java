// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.leak;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that clients write for those who cannot read what is meant. Only these very words pass as such: whatever
 * begins like one and goes on says something.
 */
final class Notices {
    private static final int LONGEST = 400;

    private static final List<String> ENGLISH = List.of(
            "I sent you an OMEMO encrypted message but your client doesn't seem to support that.",
            "I sent you an OMEMO encrypted message but your client doesn't seem to support that. Find more information on"
                    + " https://conversations.im/omemo",
            "I sent you an OMEMO encrypted message but your client doesn't support OMEMO.",
            "I sent you an OMEMO encrypted message but your client doesn't support it.",
            "I sent you an OMEMO encrypted message but your client does not support it.",
            "You received a message encrypted with OMEMO but your client doesn't support OMEMO.",
            "This is an OMEMO encrypted message which your client doesn't seem to support. Find more information on"
                    + " https://conversations.im/omemo",
            "[This message is OMEMO encrypted]",
            "This message is OMEMO encrypted",
            "This message is OMEMO encrypted.",
            "I sent you a PGP encrypted message but your client doesn't seem to support that.",
            "[This message is *encrypted* (See :XEP:`27`]",
            "[This message is *encrypted* with OpenPGP (See :XEP:`0373`]",
            "This message is *encrypted* with OpenPGP (See :XEP:`0373`)",
            "This message is encrypted.",
            "[This message is encrypted.]");

    /** What clients with a catalogue of translations write in their user's language. */
    private static final List<String> TRANSLATED = List.of(
            "Hierdie is 'n OMEMO-versleutelde boodskap, wat u sagteware blykbaar nie "
                    + "ondersteun nie. Meer informasie by https://conversations.im/omemo",
            "Това е OMEMO криптирано съобщение, което вашият клиент изглежда не поддържа. "
                    + "Повече информация на https://conversations.im/omemo",
            "Aquest és un missatge xifrat amb OMEMO, amb el qual el vostre client sembla no "
                    + "ser compatible. Trobeu més informació a https://conversations.im/omemo",
            "Tohle je zpráva zašifrovaná pomocí OMEMO, které, jak se zdá, váš klient "
                    + "nepodporuje. Více informací najdete na https://conversations.im/omemo",
            "Dies ist eine OMEMO-verschlüsselte Nachricht, die Ihr Client nicht zu "
                    + "unterstützen scheint. Weitere Informationen finden Sie unter "
                    + "https://conversations.im/omemo",
            "Esto es un mensaje cifrado con OMEMO el cual tu cliente parece no soportar. "
                    + "Encuentra más información en https://conversations.im/omemo",
            "Hau zifratutako OMEMO mezu bat da eta badirudi zure bezeroak ez duela onartzen. "
                    + "Aurkitu informazio gehiago ondorengo estekan https://conversations.im/omemo",
            "این یک پیام رمزنگاری‌شده OMEMO است که به نظر می‌رسد نرم‌افزار شما از آن "
                    + "پشتیبانی نمی‌کند. اطلاعات بیشتر را در https://conversations.im/omemo بیابید",
            "Tämä on OMEMO-salattu viesti, jota asiakkaasi ei näytä tukevan. Lisätietoja "
                    + "https://conversations.im/omemo",
            "Ceci est un message chiffré avec OMEMO, que votre client ne semble pas prendre "
                    + "en charge. Pour plus d'informations, allez voir https://conversations.im/omemo",
            "Esta mensaxe está cifrada con OMEMO e o seu cliente non semella soportalo. "
                    + "Atope máis información en https://conversations.im/omemo",
            "זו הודעה שמוצפנת ב־OMEMO שכפי הנראה הלקוח שלך אינו תומך בה. ניתן למצוא פרטים "
                    + "נוספים בכתובת https://conversations.im/omemo",
            "Ez egy OMEMO kódolt üzenet, amelyet az ügyfele úgy tűnik, hogy nem támogatja. "
                    + "További információkat itt talál: https://conversations.im/omemo",
            "Ini adalah pesan terenkripsi OMEMO yang tampaknya tidak didukung oleh klien "
                    + "Anda. Temukan informasi lebih lanjut tentang https://conversations.im/omemo",
            "Questo è un messaggio criptato OMEMO che il tuo client non sembra supportare. "
                    + "Trova più informazioni su https://conversations.im/omemo",
            "これは OMEMO メッセージで、クライアントが対応していないようです。詳細は https://conversations.im/omemo を参照してください",
            "Tai yra OMEMO užšifruotas pranešimas, kurio jūsų klientas tikriausiai "
                    + "nepalaiko. Daugiau informacijos rasite https://conversations.im/omemo",
            "Dette er en OMEMO-kryptert melding som din klient ikke ser ut til å støtte. Mer "
                    + "info er å finne på https://conversations.im/omemo",
            "Dit is een OMEMO-versleuteld bericht, wat jouw software niet ondersteunt. Meer "
                    + "informatie op https://conversations.im/omemo",
            "Dit is een OMEMO-versleuteld bericht, wat dat uwe cliënt niet ondersteunt. Meer "
                    + "informatie op https://conversations.im/omemo",
            "Aquò es un messatge chifrat amb OMEMO, que vòstre client sembla pas prendre en "
                    + "carga. Per mai d'informacions, anatz veire https://conversations.im/omemo",
            "To jest zaszyfrowana wiadomość OMEMO, której twój klient nie obsługuje. Więcej "
                    + "informacji na stronie https://conversations.im/omemo",
            "Esta é uma mensagem encriptada OMEMO que o seu cliente não parece suportar. "
                    + "Encontre mais informações em https://conversations.im/omemo",
            "Esta é uma mensagem criptografada com OMEMO que seu cliente não parece ter "
                    + "suporte. Para maiores informações acesse https://conversations.im/omemo",
            "Сообщение не поддерживается, т.к. оно зашифровано с помощью OMEMO. Более "
                    + "подробную информацию смотрите здесь: https://conversations.im/omemo",
            "Detta är ett OMEMO-krypterad meddelande vilket din klient inte verkar stödja. "
                    + "Hitta mer information på https://conversations.im/omemo",
            "இது உங்கள் வாடிக்கையாளர் ஆதரிக்கத் தெரியாத ஓம்மோ மறைகுறியாக்கப்பட்ட செய்தி. "
                    + "Https://conversations.im/omemo பற்றிய கூடுதல் தகவல்களைக் கண்டறியவும்",
            "Bu, müşterinizin desteklemediği bir OMEMO şifreli mesajdır. "
                    + "https://conversations.im/omemo adresinde daha fazla bilgi bulabilirsiniz",
            "بۇ بولسا سىزنىڭ خېرىدارىڭىز قوللىماسلىقى مۇمكىن بولغان OMEMO شىفىرلىق ئۇچۇر. "
                    + "تېخىمۇ كۆپ ئۇچۇرلارنى بۇ يەردىن كۆرۈڭ https://conversations.im/omemo",
            "Це зашифроване повідомлення OMEMO, яке, здається, не підтримує ваш клієнт. "
                    + "Додаткову інформацію можна знайти на сторінці https://conversations.im/omemo",
            "这是 OMEMO 加密消息，您的客户端似乎不支持。如需了解详情，请访问 https://conversations.im/omemo",
            "您的用戶端軟件似乎不支援這一條 OMEMO 加密訊息。更多有關資訊可以在 https://conversations.im/omemo 上查閱");

    private static final Set<String> OF_ENCRYPTION =
            Stream.of(ENGLISH, TRANSLATED).flatMap(List::stream).collect(Collectors.toUnmodifiableSet());

    private Notices() {}

    /** Whether the body is one that stands in for an encrypted message. */
    static boolean isOfEncryption(String body) {
        return body.length() <= LONGEST && OF_ENCRYPTION.contains(plain(body));
    }

    /** White space counts once, and apostrophes are written in two ways. */
    private static String plain(String body) {
        StringBuilder plain = new StringBuilder(body.length());
        boolean space = false;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c <= ' ' || c == '\u00A0' || c == '\u202F') {
                space = plain.length() > 0;
                continue;
            }
            if (space) {
                plain.append(' ');
                space = false;
            }
            plain.append(c == '\u2019' ? '\'' : c);
        }
        return plain.toString();
    }
}
