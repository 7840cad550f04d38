// SPDX-License-Identifier: Apache-2.0
/**
 * The pages inside the host's admin console: one class per page, one record per view. May import: the root packages of
 * the guards, settings, audit, store, metric, policy, host, the servlet API and the template engine.
 */
package im.bastion.console;
