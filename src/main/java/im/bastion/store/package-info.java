// SPDX-License-Identifier: Apache-2.0
/** Bastion's own tables: schema, upgrades, policies. May import: policy, host. */
package im.bastion.store;
