{ A payment that may need a signature: where the cashier says no, the sale is taken back.

    SignatureDemo HOST PORT JOURNAL SALE AMOUNT yes|no [--simulator] }
program SignatureDemo;

{$APPTYPE CONSOLE}

uses
  {$IFDEF UNIX}cwstring,{$ENDIF}
  SysUtils, ComgateTerminalOutcome, ComgateTerminal, DemoTill;

procedure Run;
var
  Terminal: TComgateTerminal;
  Outcome: IComgateOutcome;
  SaleId: string;
begin
  Terminal := OpenTerminal;
  try
    SaleId := Argument(1, 'SALE');
    Outcome := Terminal.Pay(SaleId, AmountArgument(2));
    ExitCode := Tell(Outcome);
    if Outcome.SignatureRequired then
    begin
      Outcome := Terminal.SignatureResult(SaleId, Argument(3, 'yes or no') = 'yes');
      ExitCode := Tell(Outcome);
      // Done means here that the sale was taken back.
      if Outcome.SaleId <> SaleId then
        ExitCode := EXIT_NOT_PAID;
    end;
    // Whichever it is, it is stored now: the sale, or the reversal.
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
