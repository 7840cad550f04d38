// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import java.util.List;

/**
 * One page of a list that is known whole.
 *
 * @param page counted from 1
 * @param pages at least 1
 * @param total how many rows there are on all pages
 */
public record Paged<T>(List<T> rows, int page, int pages, int total) {
    /** How many rows a page has. */
    static final int SIZE = 50;

    /** The page that the address asks for by "page", or the nearest there is. */
    static <T> Paged<T> of(List<T> all, Query query) {
        int pages = Math.max(1, (all.size() + SIZE - 1) / SIZE);
        int page = (int) Math.max(1, Math.min(pages, query.number("page", 1)));
        int begin = (page - 1) * SIZE;
        return new Paged<>(
                List.copyOf(all.subList(begin, Math.min(all.size(), begin + SIZE))), page, pages, all.size());
    }
}
