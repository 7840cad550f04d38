// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls;

import im.bastion.calls.jingle.Call;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the console may ask.
 *
 * @param live the calls of this server's accounts, the latest first; one between two of them is there for each
 */
public record CallsServices(Supplier<List<Call>> live) {}
