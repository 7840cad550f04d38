// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import java.util.List;

/**
 * One page of a long list.
 *
 * @param number of the page, from 1
 * @param pages how many there are, at least 1
 * @param total how many entries there are on all pages
 */
public record Listing<T>(List<T> entries, int number, int pages, int total) {
    /** How many entries a page has. */
    static final int SIZE = 50;

    /** The page of that number; the nearest there is when there is none. */
    static <T> Listing<T> of(List<T> all, int number) {
        int pages = Math.max(1, (all.size() + SIZE - 1) / SIZE);
        int page = Math.min(Math.max(number, 1), pages);
        int from = (page - 1) * SIZE;
        return new Listing<>(
                List.copyOf(all.subList(from, Math.min(all.size(), from + SIZE))), page, pages, all.size());
    }
}
