// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

/** Something registered with the host. Closing it twice does nothing the second time. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
