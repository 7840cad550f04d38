// SPDX-License-Identifier: Apache-2.0
/** Bastion's own tables: is the schema there, policies, transactions. May import: policy, host, metric, gson. */
package im.bastion.store;
