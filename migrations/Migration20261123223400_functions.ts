// The functions that the case graph's statements call.
import { Migration } from '@mikro-orm/migrations';

export class Migration20261123223400_functions extends Migration {
  override name = 'Migration20261123223400_functions';

  override up(): void {
    // What one minor unit is worth, by the exponents of ISO 4217.
    this.addSql(`create function currency_unit(currency text) returns numeric language sql immutable parallel safe return
      case
        when currency in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') then 1
        when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 0.001
        when currency in ('CLF', 'UYW') then 0.0001
        else 0.01
      end;`);
    // The date the bank's books are at.
    this.addSql(`create function business_date(of_tenant text) returns date language sql stable parallel safe
      begin atomic select business_date from business_day where tenant = of_tenant; end;`);
  }

  override down(): void {
    this.addSql('drop function currency_unit(text); drop function business_date(text);');
  }
}
