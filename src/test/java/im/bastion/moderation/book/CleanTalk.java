// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/** What honest people say in rooms, made up from a seed: the same lines each time, none twice. */
final class CleanTalk {
    private static final String[][] SENTENCES = {
        {"I think", "Maybe", "Honestly,", "As far as I know,", "Last week", "Well,"},
        {
            "the assistant in Scunthorpe",
            "my classic bass guitar",
            "the cocktail bar",
            "Dr. Dickinson",
            "the assessment",
            "the Essex analyst",
            "the grape harvest",
            "our matsutake soup"
        },
        {
            "passed the exam",
            "was at the station",
            "needs a new title",
            "arrived too late",
            "made us laugh",
            "works again"
        },
        {"yesterday.", "before nine!", "— don't you think?", "again :-)", "in 2024 / 2025.", "for £3.50…"}
    };
    private static final String[][] GERMAN = {
        {"Ich glaube,", "Übrigens:", "Vielleicht hat", "Gestern hat", "Schön, dass"},
        {"die Straßenbahn", "mein Großvater", "der Fußballverein", "das Ärztehaus", "die Klassenfahrt"},
        {"pünktlich geöffnet", "zu spät angefangen", "neun Euro gekostet", "viel Spaß gemacht"},
        {"– oder?", "am Dienstag.", "in München!", "(wie immer)."}
    };
    private static final String[][] FRENCH = {
        {"Je crois que", "Hier,", "C'est vrai :", "À mon avis,"},
        {"l'école d'été", "le garçon", "la forêt", "cette œuvre"},
        {"était très belle", "a été déçu", "coûte cher", "n'a pas changé"},
        {"aujourd'hui !", "l'année dernière.", "« comme avant ».", "n'est-ce pas ?"}
    };
    private static final String[][] SPANISH = {
        {"¿Sabes si", "Creo que", "¡Mira!", "Mañana"},
        {"el niño", "la analista", "mi tío", "el año pasado"},
        {"llegó tarde", "cocinó algo", "está en la plaza", "ganó el partido"},
        {"o no?", "con su pingüino.", "¡qué bien!", "a las 9:30."}
    };
    private static final String[][] RUSSIAN = {
        {"Я думаю, что", "Вчера", "Кажется,", "Честно говоря,"},
        {"мой сосед", "сор в избе", "новый сервер", "осетр на рынке", "USB-кабель"},
        {"работает хорошо", "стоит дорого", "не открывается", "нужен всем"},
        {"до утра.", "(версия 5.1)!", "— правда?", "в Москве."}
    };
    private static final String[][] GREEK = {
        {"Νομίζω ότι", "Χθες", "Μάλλον", "Όπως πάντα,"},
        {"το ποτό", "ο δρόμος", "η θάλασσα", "ο υπολογιστής"},
        {"είναι μικρό", "άρεσε σε όλους", "τελείωσε νωρίς", "κοστίζει 3 ευρώ"},
        {"σήμερα.", "στην Αθήνα!", "έτσι;", "πάλι."}
    };
    private static final String[][] CHINESE = {
        {"我觉得", "昨天", "其实", "大家好,"},
        {"这个服务器", "新的发行版", "我妹妹", "图书馆"},
        {"很好用", "还没有打开", "在北京", "需要更新"},
        {"。", "吗?", "!哈哈", "(3.5 版)。"}
    };
    private static final String[][] JAPANESE = {
        {"たぶん", "昨日、", "実は", "おはようございます。"},
        {"このサーバーは", "妹が", "ガイドブックが", "ｶﾀｶﾅが"},
        {"とても便利です", "動きません", "東京にあります", "読めました"},
        {"ね。", "か?", "!笑", "(第2版)。"}
    };
    private static final String[][] ARABIC = {
        {"أعتقد أن", "أمس", "بصراحة،", "مرحبًا،"},
        {"الخادم الجديد", "صديقي", "المكتبة", "القهوة"},
        {"يعمل جيدًا", "في القاهرة", "مفتوحة الآن", "لذيذة جدًا"},
        {".", "؟", "!", "(٣٫٥)."}
    };
    private static final String[][] HEBREW = {
        {"אני חושב ש", "אתמול", "בעצם,", "שָׁלוֹם,"},
        {"השרת החדש", "אחי", "הספרייה", "הקפה"},
        {"עובד טוב", "בתל אביב", "פתוחה עכשיו", "טעים מאוד"},
        {".", "?", "!", "(גרסה 2)."}
    };
    private static final String[] NAMES = {"kim", "lee", "mia", "noor", "ana", "sven", "yuki", "omar"};
    private static final String[] EMOJI = {"😀", "👍🏽", "🎉", "🇫🇷", "👩‍💻", "❤️", "¯\\_(ツ)_/¯", "🤷", "(╯°□°)╯︵ ┻━┻"
    };
    private static final String[] IDENTIFIERS = {
        "index", "assets", "passwordHash", "MAX_SIZE", "user", "i", "buf", "ctx"
    };

    private final Random random;

    CleanTalk(long seed) {
        this.random = new Random(seed);
    }

    /** So many messages of all kinds, with lines of code and quotations among them. */
    List<String> messages(int count) {
        List<Supplier<String>> kinds = List.of(
                () -> sentence(SENTENCES),
                () -> sentence(GERMAN),
                () -> sentence(FRENCH),
                () -> sentence(SPANISH),
                () -> sentence(RUSSIAN),
                () -> sentence(GREEK),
                () -> sentence(CHINESE),
                () -> sentence(JAPANESE),
                () -> sentence(ARABIC),
                () -> sentence(HEBREW),
                this::code,
                this::address,
                this::quotation,
                this::emoji,
                this::encoded,
                this::shortWord,
                this::people,
                this::shell,
                this::abbreviations);
        List<String> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            messages.add(kinds.get(i % kinds.size()).get());
        }
        return messages;
    }

    private String sentence(String[][] parts) {
        StringBuilder sentence = new StringBuilder();
        int sentences = 1 + random.nextInt(3);
        for (int i = 0; i < sentences; i++) {
            for (String[] part : parts) {
                sentence.append(sentence.isEmpty() ? "" : " ").append(one(part));
            }
        }
        return sentence.append(random.nextInt(4) == 0 ? " " + one(EMOJI) : "").toString();
    }

    private String code() {
        String name = one(IDENTIFIERS);
        return switch (random.nextInt(8)) {
            case 0 ->
                "for (int " + name + " = 0; " + name + " < " + number() + "; " + name + "++) { sum += a[" + name
                        + "]; }";
            case 1 -> "@Override\n@Nullable\npublic String get() {\n    return this." + name + ";\n}";
            case 2 -> "SELECT " + name + " FROM T" + number() + " WHERE ID = " + number() + " AND NAME LIKE '%x%';";
            case 3 ->
                "#define " + name.toUpperCase(Locale.ROOT) + "_" + number() + " (1 << " + random.nextInt(31) + ")";
            case 4 -> "CREATE TABLE T" + number() + " (ID INT PRIMARY KEY, NAME VARCHAR(" + number() + ") NOT NULL)";
            case 5 ->
                "private static final int " + one("MAX", "MIN") + "_LENGTH_OF_LINE = MAX_LINES_OF_PAGE * " + number();
            case 6 -> "```python\ndef " + name + "(x):\n    return [y ** 2 for y in x if y != " + number() + "]\n```";
            default ->
                "java.lang.IllegalStateException: " + name + "\n\tat org.example.Main.run(Main.java:" + number()
                        + ")\n\tat org.example.Main.main(Main.java:" + number() + ")";
        };
    }

    private String address() {
        String host = one("docs.example.org", "www.example.com", "wiki.example.net", "münchen.example");
        return one("see ", "It is at ", "➡ ", "") + "https://" + host + "/" + one(IDENTIFIERS) + "/" + number()
                + one("", "?q=a+b&x=%20", "#part-" + number(), ".html") + one("", " , page " + number(), ".");
    }

    private String quotation() {
        return "> " + sentence(one(List.of(SENTENCES, GERMAN, RUSSIAN))) + "\n> " + sentence(SENTENCES) + "\n"
                + one("Exactly!", "I would not say so.", "+1", "Das sehe ich auch so.") + " " + number();
    }

    private String emoji() {
        StringBuilder emoji = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            emoji.append(one(EMOJI));
        }
        return emoji.append(one("", " " + one(NAMES) + "!")).toString();
    }

    private String encoded() {
        byte[] bytes = new byte[20 + random.nextInt(200)];
        random.nextBytes(bytes);
        return random.nextBoolean()
                ? Base64.getMimeEncoder().encodeToString(bytes)
                : "sha256: " + new java.math.BigInteger(1, bytes).toString(16);
    }

    private String shortWord() {
        return one(
                "ok", "yes", "thx", "lol", "+1", "brb", "hi all", "gm", "?", "…", "ok", "да", "好", "merci", "OK!!",
                "NO");
    }

    private String people() {
        return "@" + one(NAMES) + " @" + one(NAMES) + " " + sentence(SENTENCES) + " (" + one(NAMES) + "@example.org)";
    }

    private String shell() {
        return "$ " + one("git", "mvn", "docker", "apt") + " " + one("status", "install", "log", "run") + " --"
                + one(IDENTIFIERS) + "=" + number() + " | grep -v '" + one(NAMES) + "' > /tmp/out.txt 2>&1";
    }

    private String abbreviations() {
        return one("NASA", "HTTP/2", "TLS 1.3", "XMPP", "The EU", "RFC " + number(), "ISO 8601") + " "
                + one("and", "vs.", "e.g.", "or") + " " + one("ESA", "JSON", "UTF-8", "the UN", "XEP-0045", "CPU") + " "
                + sentence(SENTENCES);
    }

    private int number() {
        return random.nextInt(100_000);
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
