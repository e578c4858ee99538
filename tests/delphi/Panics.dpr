{ An error inside the library, in the middle of a sale. Runs on a library that was built for tests, with the environment
  CGT_TEST_PANIC_AT='heard payment#1': it fails when the terminal has just taken the order.

    Panics PORT CONTROL JOURNAL }
program Panics;

{$I ComgateTerminal.inc}
{$IFDEF FPC}{$CODEPAGE UTF8}{$ENDIF}
{$APPTYPE CONSOLE}

uses
  {$IFDEF UNIX}cwstring,{$ENDIF}
  SysUtils, ComgateTerminalApi, ComgateTerminalOutcome, ComgateTerminal, Simulator, Checks;

const
  SALE = 'účet při chybě';

type
  TTill = class
  private
    FTold: IComgateOutcome;
    procedure Recovered(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
    procedure PayUntilItFails;
    procedure RecoverIt;
  end;

function NewTerminal: TComgateTerminal;
begin
  Result := TComgateTerminal.Create('127.0.0.1');
  Result.SetPort(StrToInt(ParamStr(1)));
  Result.SetJournalDir(ExpandFileName(ParamStr(3)));
  Result.AllowSimulator(True);
end;

procedure TTill.PayUntilItFails;
var
  Terminal: TComgateTerminal;
begin
  Terminal := NewTerminal;
  try
    try
      Terminal.Pay(SALE, 125.50);
      Check(False, 'the error inside is told');
    except
      on E: EComgateError do
        Check((E.Code = CGT_E_PANIC) and (E.Band = 9) and (E.Outcome = nil), 'the error inside is told: ' + E.Message);
    end;
    Check(DivisionRaises, 'floating point errors are exceptions afterwards');
    try
      Terminal.Info;
      Check(False, 'the terminal cannot be used any more');
    except
      on E: EComgateError do
        Check(E.Code = CGT_E_POISONED, 'the terminal cannot be used any more');
    end;
  finally
    Terminal.Free;
  end;
end;

procedure TTill.Recovered(Sender: TObject; const Outcome: IComgateOutcome; var Stored: Boolean);
begin
  FTold := Outcome;
  Stored := True;
end;

procedure TTill.RecoverIt;
var
  Terminal: TComgateTerminal;
begin
  Terminal := NewTerminal;
  try
    Terminal.OnRecovered := Recovered;
    Check(Terminal.Recover = 1, 'a new one knows of the sale');
    Check((FTold <> nil) and (FTold.Verdict = cvApproved) and (FTold.SaleId = SALE), 'and what became of it');
    Check(Charges(12550) = 1, 'which was charged once');
  finally
    Terminal.Free;
  end;
end;

var
  Till: TTill;
begin
  BeLikeDelphi;
  ControlPort := StrToInt(ParamStr(2));
  Till := TTill.Create;
  try
    Till.PayUntilItFails;
    Till.RecoverIt;
  except
    on E: Exception do
      Check(False, 'BROKEN: ' + E.ClassName + ': ' + E.Message);
  end;
  Till.Free;
  Finish;
end.
