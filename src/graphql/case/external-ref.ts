// The numbers by which other systems know a case: what `caseByRef` finds it by.
import { externalRef } from '../../storage/tables.js';
import { Column, Noun } from '../reader/declare.js';
import { caseReaders } from '../roles.js';

@Noun(externalRef, {
  roles: caseReaders,
  class: 'internal',
  description: 'A number by which a system knows a case. It says nothing of a person or an account.',
})
export class ExternalRef {
  @Column({ description: '`casegraph` is the number that people call it by.' }) system!: string;
  @Column() ref!: string;
}
