{ Money back to a card for a sale. The sum of its refunds cannot become more than the sale.

    RefundDemo HOST PORT JOURNAL REFUND AMOUNT ORIGINAL [--simulator] }
program RefundDemo;

{$APPTYPE CONSOLE}

uses
  {$IFDEF UNIX}cwstring,{$ENDIF}
  SysUtils, ComgateTerminalOutcome, ComgateTerminal, DemoTill;

procedure Run;
var
  Terminal: TComgateTerminal;
  Outcome: IComgateOutcome;
begin
  Terminal := OpenTerminal;
  try
    Outcome := Terminal.Refund(Argument(1, 'REFUND'), AmountArgument(2), 'CZK', Argument(3, 'ORIGINAL'));
    ExitCode := Tell(Outcome);
    if Outcome.Verdict = cvApproved then
      Terminal.Acknowledge(Outcome.SaleId);
  finally
    Terminal.Free;
  end;
end;

begin
  try
    Run;
  except
    on E: Exception do
      ExitCode := TellError(E);
  end;
end.
