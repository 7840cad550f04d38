// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkScannerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "see https://Bad.Example/x|bad.example",
                "http://good.example@bad.example/|bad.example",
                "http://bad.example:8080/a|bad.example",
                "http://bad.example.|bad.example",
                "http://[2001:DB8::1]:80/|2001:db8::1",
                "[click](https://bad.example/x)|bad.example",
                "<https://bad.example>|bad.example",
                "(https://bad.example).|bad.example",
                "http://b%61d.example/|bad.example",
                "ｈｔｔｐ：／／bad．com／x|bad.com",
                "bad。com|bad.com",
                "http://bäd.example/|xn--bd-via.example",
                "http://xn--bd-via.example/|xn--bd-via.example",
                "www.bad.example|www.bad.example",
                "bad.com|bad.com",
                "go to bad.ru/win now|bad.ru",
                "xmpp:room@rooms.example?join|rooms.example",
                "h\u200Bttps://b\u200Bad.example|bad.example",
                "FTP://bad.example/|bad.example",
                "http:\\\\x@bad.example|",
                "**https://bad.example**|bad.example"
            })
    void findsTheHostHoweverItIsWritten(String text, String host) {
        if (host == null) {
            assertThat(LinkScanner.scan(text)).extracting(Link::host).doesNotContain("x");
        } else {
            assertThat(LinkScanner.scan(text)).extracting(Link::host).containsExactly(host);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello. How are you?",
                "e.g. this",
                "System.out.println(x);",
                "open main.rs, lib.py and README.md",
                "version 1.2.3.4",
                "a:b",
                "me@home.example",
                "Node.js",
                "12:30",
                "…",
                "u.s.w."
            })
    void leavesOrdinaryWordsAlone(String text) {
        assertThat(LinkScanner.scan(text)).isEmpty();
    }

    @Test
    void tellsEachAddressOnceAndNoMoreThanItsLimit() {
        assertThat(LinkScanner.scan("https://a.example https://a.example")).hasSize(1);
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            many.append("https://a").append(i).append(".example ");
        }
        assertThat(LinkScanner.scan(many.toString())).hasSize(LinkScanner.MAX_LINKS);
    }
}
