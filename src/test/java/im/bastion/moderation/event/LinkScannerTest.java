// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkScannerTest {
    @ParameterizedTest
    @CsvSource({
        "http://evil.com, http, evil.com",
        "see HTTPS://Evil.COM/a?b#c now, https, evil.com",
        "ftp://evil.com/x, ftp, evil.com",
        "http://evil.com., http, evil.com",
        "http://evil.com./x, http, evil.com",
        "http://evil.com:8080/, http, evil.com",
        "http://good.com@evil.com/, http, evil.com",
        "http://good.com:pw@evil.com:1/, http, evil.com",
        "http://ev%69l.c%6Fm/, http, evil.com",
        "http://münchen.example/, http, xn--mnchen-3ya.example",
        "http://xn--mnchen-3ya.example/, http, xn--mnchen-3ya.example",
        "http://[2001:DB8::1]:80/x, http, 2001:db8::1",
        "http://me@[::1]/, http, ::1",
        "http://192.0.2.1/, http, 192.0.2.1",
        "http://evil。com/, http, evil.com",
        "http://evil．com/, http, evil.com",
        "http://evil｡com/, http, evil.com",
        "ｈｔｔｐ：／／ｅｖｉｌ．ｃｏｍ, http, evil.com",
        "ht\u200Btp://ev\u200Bil.com, http, evil.com",
        "[here](http://evil.com/), http, evil.com",
        "[http://evil.com], http, evil.com",
        "<http://evil.com>, http, evil.com",
        "**http://evil.com**, http, evil.com",
        "点击http://evil.com, http, evil.com",
        "click:http://evil.com, http, evil.com",
        "x-http://evil.com, http, evil.com",
        "1http://evil.com, http, evil.com",
        "xmpp:den@rooms.example?join, xmpp, rooms.example",
        "magnet:?xt=urn:btih:abc, magnet, ''",
        "aesgcm://files.example/a#00ff, aesgcm, files.example",
        "www.evil.example, '', www.evil.example",
        "evil.com, '', evil.com",
        "evil.com./x, '', evil.com",
        "go to evil.com:8080/x!, '', evil.com",
        "пример.рф, '', xn--e1afmkfd.xn--p1ai"
    })
    void findsAddressesHoweverTheyAreDressed(String text, String scheme, String host) {
        assertThat(LinkScanner.scan(text)).singleElement().satisfies(link -> {
            assertThat(link.scheme()).isEqualTo(scheme);
            assertThat(link.host()).isEqualTo(host);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "...",
                "://",
                "http://",
                "http:///x",
                "kim@home.example",
                "e.g. this one",
                "3.14159",
                "12:30",
                "list[0]: a[i]",
                "README.md and main.rs",
                "java.util.List",
                "console.info(x)",
                "std::vector",
                "See you tomorrow.Thanks",
                "a: b",
                "xmpp:",
                "[x]: y"
            })
    void takesNoOtherTextForAnAddress(String text) {
        assertThat(LinkScanner.scan(text)).isEmpty();
    }

    @Test
    void tellsEachAddressOnce() {
        assertThat(LinkScanner.scan("http://a.com http://b.com http://a.com."))
                .extracting(Link::host)
                .containsExactly("a.com", "b.com");
    }

    @Test
    void tellsAtMostSoMany() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            text.append("http://a").append(i).append(".com ");
        }
        assertThat(LinkScanner.scan(text.toString())).hasSize(LinkScanner.MAX_LINKS);
    }

    @Test
    void findsAnAddressBehindAnyNumberOfOtherSigns() {
        for (int length = 2_000; length < 2_100; length++) {
            assertThat(LinkScanner.scan("-".repeat(length) + "http://evil.com/x"))
                    .as("%d", length)
                    .extracting(Link::host)
                    .contains("evil.com");
        }
    }

    @Test
    void keepsTextsShort() {
        assertThat(LinkScanner.scan("http://evil.com/" + "x".repeat(100_000)))
                .allSatisfy(link -> assertThat(link.text()).hasSizeLessThanOrEqualTo(2_048));
    }

    @Property(tries = 5_000)
    void readsAnythingWithinBounds(@ForAll("nearlyAddresses") String text) {
        List<Link> links = LinkScanner.scan(text);
        assertThat(links).hasSizeLessThanOrEqualTo(LinkScanner.MAX_LINKS).doesNotHaveDuplicates();
        assertThat(links).allSatisfy(link -> assertThat(link.host().length()).isLessThanOrEqualTo(1_000));
    }

    @Provide
    Arbitrary<String> nearlyAddresses() {
        Arbitrary<String> parts = Arbitraries.of(
                "http", "://", ":", "//", "[", "]", "@", ".", "%", "%2", "%41", "。", "xn--", "www.", "com", "a", "Ü",
                " ", "\u200B", "\uD83D", "\uDE00", "xmpp:", "-", "?", "#", "\\", "(", "::1", "ß", "\u0301");
        return parts.list().ofMaxSize(30).map(list -> String.join("", list));
    }
}
